// Testing: the value and the gradient of a penalty in double, and weights after a projection, for
// the tests beside the regularizers.
#pragma once
#include <gtest/gtest.h>

#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/parts/regularizers/regularizer.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

struct Penalty {
  double value = 0;
  std::vector<double> gradient;
};

// Of weights as a matrix of so many rows.
inline Penalty penalty_of(const Regularizer& regularizer, const std::vector<double>& weights,
                          Size rows = 1) {
  Graph graph(1);
  const Value w = graph.parameter({rows, Size(weights.size()) / rows}, "w");
  const Value y = regularizer.build(w), slope = gradients(y, {w})[0];
  EXPECT_EQ(y.shape(), Shape{1});
  Interpreter values(graph);
  values.at(w) = weights;
  values.run(1);
  return {values.at(y)[0], values.at(slope)};
}

inline std::vector<float> projected(const Regularizer& regularizer, std::vector<float> weights,
                                    Size rows = 1, double lr = 1) {
  regularizer.project(lr, rows, weights);
  return weights;
}

}  // namespace goodfit
