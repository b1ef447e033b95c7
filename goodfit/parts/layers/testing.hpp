// Testing: layers built for one mode and computed in double, for the tests beside them.
#pragma once
#include <gtest/gtest.h>

#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

using Numbers = std::vector<double>;

class Built {
 public:
  Built(const std::vector<Layer>& layers, const Shape& sample, Size rows, Mode mode = Mode::train)
      : graph(rows, 2), net(graph, store, mode, 1) {
    x = graph.input(sample, "input");
    y = build_sequence(net, "layers", layers, x);
  }
  Built(const Built&) = delete;

  void set(const std::string& name, const std::vector<float>& numbers) {
    ASSERT_EQ(store.at(name).size(), numbers.size()) << name;
    std::copy(numbers.begin(), numbers.end(), store.at(name).begin());
  }

  // The outputs for these inputs. What the layer assigns is in the store afterwards.
  Numbers run(const Numbers& inputs, std::uint64_t seed = 1, std::uint32_t step = 0) {
    Interpreter values(graph);
    const Size rows = Size(inputs.size()) / x.shape().row();
    std::copy(inputs.begin(), inputs.end(), values.at(x).begin());
    const auto each_stored = [&](auto visit) {
      for (Id id = 0; id < Id(graph.nodes().size()); ++id)
        if (const Source source = graph.node(id).source;
            source == Source::parameter || source == Source::buffer)
          visit(store.at(graph.node(id).name), values.at(id));
    };
    each_stored([](Span own, Numbers& its) { its.assign(own.begin(), own.end()); });
    values.run(rows, seed, step);
    each_stored([](Span own, Numbers& its) { std::copy(its.begin(), its.end(), own.begin()); });
    const Numbers& all = values.at(y);
    return {all.begin(), all.begin() + rows * y.shape().row()};
  }

  std::vector<std::string> names(bool trained) const {
    std::vector<std::string> found;
    for (const Stored& stored : store.tensors())
      if (stored.trained == trained) found.push_back(stored.name);
    return found;
  }

  Graph graph;
  Store store;
  Net net;
  Value x, y;
};

// The outputs of one layer without numbers of its own.
inline Numbers outputs_of(const Layer& layer, const Shape& sample, const Numbers& inputs,
                          Mode mode = Mode::train) {
  return Built({layer}, sample, Size(inputs.size()) / sample.count(), mode).run(inputs);
}

// What a layer adds to the loss, and its gradient in the input.
struct AddedPenalty {
  double value = 0;
  Numbers gradient;
};
// With room for more samples, where `most` says so.
inline AddedPenalty penalty_of(const Layer& layer, const Shape& sample, const Numbers& inputs,
                               Size most = 0) {
  const Size rows = Size(inputs.size()) / sample.count();
  Built built({layer}, sample, std::max(rows, most));
  EXPECT_EQ(built.net.penalties().size(), 1u);
  const Value penalty = built.net.penalties().at(0), slope = gradients(penalty, {built.x})[0];
  EXPECT_EQ(penalty.shape(), Shape{1});
  Interpreter values(built.graph);
  std::copy(inputs.begin(), inputs.end(), values.at(built.x).begin());
  values.run(rows);
  const Numbers& all = values.at(slope);
  return {values.at(penalty)[0], {all.begin(), all.begin() + Size(inputs.size())}};
}

inline void expect_numbers(const Numbers& found, const Numbers& wanted, double tolerance = 1e-9) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i)
    EXPECT_NEAR(found[i], wanted[i], tolerance) << "number " << i;
}

// Float numbers of the store against what they should be.
inline void expect_stored(const Built& built, const std::string& name, const Numbers& wanted) {
  const ConstSpan found = built.store.at(name);
  expect_numbers(Numbers(found.begin(), found.end()), wanted, 1e-6);
}

}  // namespace goodfit
