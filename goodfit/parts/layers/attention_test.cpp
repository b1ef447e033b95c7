#include "goodfit/parts/layers/attention.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

// Queries and keys are a multiple of x, values x itself, and so is what comes out.
void set_up(Built& net, float sharp) {
  net.set("layers.0.in_proj_weight", {sharp, sharp, 1});
  net.set("layers.0.out_proj.weight", {1});
}

TEST(Attention, TakesTheMeanOfWhatFits) {
  Built net({Attention{.bias = false}}, {2, 1}, 1);
  set_up(net, 0);  // all fit alike
  expect_numbers(net.run({1, 3}), {2, 2});
  set_up(net, 1);  // step 0 sees scores 0 and 0; step 1 sees 0 and log 3 · log 3
  const double x = std::log(3.0), share = 1 / (1 + std::exp(-x * x));
  expect_numbers(net.run({0, x}), {x / 2, share * x});
}

TEST(Attention, CausalStepsSeeNoLaterOnes) {
  Built net({Attention{.causal = true, .bias = false}}, {3, 1}, 1);
  set_up(net, 0);
  expect_numbers(net.run({1, 3, 8}), {1, 2, 4});
  set_up(net, 1);
  const Numbers before = net.run({1, -2, 5}), after = net.run({1, -2, 50});
  EXPECT_EQ(before[0], after[0]);
  EXPECT_EQ(before[1], after[1]);
  EXPECT_NE(before[2], after[2]);
}

TEST(Attention, NamesItsWeightsAsPyTorch) {
  const Built net({Attention{.heads = 2}}, {3, 4}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.in_proj_weight", "layers.0.out_proj.weight",
                                    "layers.0.in_proj_bias", "layers.0.out_proj.bias"}));
  EXPECT_EQ(net.store.tensors()[0].shape, Shape({12, 4}));
}

TEST(Attention, RefusesWhatDoesNotFit) {
  expect_error(
      [] {
        Built({Attention{.heads = 3}}, {2, 4}, 1);
      },
      "layers.0 (attention): heads = 3 does not divide its 4 features");
  expect_error([] { Built({Attention{}}, {4}, 1); }, "it takes sequences [steps, features]");
}

}  // namespace goodfit
