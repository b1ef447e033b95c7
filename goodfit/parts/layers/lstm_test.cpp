#include "goodfit/parts/layers/lstm.hpp"

#include "goodfit/compute/engine/plan.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

// Gates that are open or closed for good: i and o by their biases, g sees the input.
TEST(Lstm, AddsUpWhatItsGatesLetIn) {
  Built net({Lstm{.hidden = 1}}, {3, 1}, 1);
  net.set("layers.0.weight_ih_l0", {0, 0, 1, 0});
  net.set("layers.0.weight_hh_l0", {0, 0, 0, 0});
  net.set("layers.0.bias_ih_l0", {100, 100, 0, 100});
  net.set("layers.0.bias_hh_l0", {0, 0, 0, 0});
  const double a = std::tanh(0.5), b = std::tanh(-0.25), c = std::tanh(2);
  expect_numbers(net.run({0.5, -0.25, 2}), {std::tanh(a), std::tanh(a + b), std::tanh(a + b + c)});
  net.set("layers.0.bias_hh_l0", {0, -200, 0, 0});  // f closed: it forgets
  expect_numbers(net.run({0.5, -0.25, 2}), {std::tanh(a), std::tanh(b), std::tanh(c)});
}

TEST(Lstm, HasFourGatesInOneTensor) {
  const Built net({Lstm{.hidden = 3, .bias = false}}, {2, 5}, 1);
  ASSERT_EQ(net.store.tensors().size(), 2u);
  EXPECT_EQ(net.store.tensors()[0].shape, Shape({12, 5}));
  EXPECT_EQ(net.store.tensors()[1].shape, Shape({12, 3}));
}

// Reading W as it lies costs thirty times as much.
TEST(Lstm, BothWaysMultiplyByPackedWeights) {
  Built net({Lstm{.hidden = 3}}, {5, 2}, 2);
  const Value loss = penalty(sum_rows(net.y), Norm::squares, 1);
  const Plan plan = make_plan(net.graph, {gradients(loss, net.net.parameters())[0].id});
  int seen = 0;
  for (const Node& node : plan.graph().nodes())
    if (node.name.starts_with("recurrent_trace") || node.name.starts_with("recurrent_backward")) {
      const Id weight = node.inputs[node.name == "recurrent_trace" ? 1 : 2];
      EXPECT_EQ(plan.graph().node(weight).name, "pack_weight") << node.name;
      ++seen;
    }
  EXPECT_EQ(seen, 2);
}

// c of one step with γ, β = 1, 0: i g of the gates, over its units; h = o tanh of what that gives.
TEST(Lstm, WithLayerNormItsGatesAndItsCellsAreNormalized) {
  Built net({Lstm{.hidden = 2, .layer_norm = true}}, {1, 1}, 1);
  net.set("layers.0.weight_ih_l0", {1, 2, 3, 4, 5, 6, 7, 8});
  Numbers a;  // of mean 4.5 and variance 5.25
  for (int gate = 1; gate <= 8; ++gate) a.push_back((gate - 4.5) / std::sqrt(5.25 + 1e-5));
  const auto share = [](double x) { return 1 / (1 + std::exp(-x)); };
  const double c0 = share(a[0]) * std::tanh(a[4]), c1 = share(a[1]) * std::tanh(a[5]);
  const double unit = (c1 - c0) / 2 / std::sqrt((c1 - c0) * (c1 - c0) / 4 + 1e-5);
  expect_numbers(net.run({1}), {share(a[6]) * std::tanh(-unit), share(a[7]) * std::tanh(unit)},
                 1e-6);
  EXPECT_EQ(net.names(true),
            (std::vector<std::string>{"layers.0.weight_ih_l0", "layers.0.weight_hh_l0",
                                      "layers.0.layernorm_i.weight", "layers.0.layernorm_i.bias",
                                      "layers.0.layernorm_h.weight", "layers.0.layernorm_h.bias",
                                      "layers.0.layernorm_c.weight", "layers.0.layernorm_c.bias"}));
  EXPECT_EQ(net.net.weights().size(), 2u) << "norms are not regularized";
}

TEST(Lstm, WithLayerNormWantsTwoUnits) {
  expect_error(
      [] {
        Built({Lstm{.hidden = 1, .layer_norm = true}}, {3, 2}, 1);
      },
      "layers.0 (lstm): layer_norm takes at least two units: hidden = 1 has no variance");
}

TEST(Lstm, StacksByNamingSeveral) {
  const Built net({Lstm{.hidden = 3}, Lstm{.hidden = 4, .sequences = false}}, {5, 2}, 2);
  EXPECT_EQ(net.y.shape(), Shape({2, 4}));
}

}  // namespace goodfit
