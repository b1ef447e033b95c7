// Testing: the value of a loss in double, for the tests beside the losses.
#pragma once
#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/parts/losses/loss.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

// outputs: [batch, width]. `room`: samples that the graph has room for, if more than the batch.
inline double loss_of(const Loss& loss, Size width, const std::vector<double>& outputs,
                      const std::vector<double>& targets, Size room = 0) {
  const Size rows = Size(outputs.size()) / width;
  Graph graph(std::max(rows, room), 2);
  const Value x = graph.input({width}, "outputs");
  const Value target = graph.target({Size(targets.size()) / rows}, "target");
  const Value y = loss.build(x, target);
  EXPECT_EQ(y.shape(), Shape{1});
  Interpreter values(graph);
  std::copy(outputs.begin(), outputs.end(), values.at(x).begin());
  std::copy(targets.begin(), targets.end(), values.at(target).begin());
  values.run(rows);
  return values.at(y)[0];
}

}  // namespace goodfit
