#include "goodfit/parts/layers/rnn.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Rnn, AddsWhatItRemembersToWhatItSees) {
  // h₁ = relu(2 · 1 − 1) = 1, h₂ = relu(2 · 3 − 1 + 10 · 1) = 15, h₃ = relu(2 · −90 − 1 + 150) = 0.
  Built net({Rnn{.hidden = 1, .activation = "relu"}}, {3, 1}, 1);
  net.set("layers.0.weight_ih_l0", {2});
  net.set("layers.0.weight_hh_l0", {10});
  net.set("layers.0.bias_ih_l0", {-2});
  net.set("layers.0.bias_hh_l0", {1});
  expect_numbers(net.run({1, 3, -90}), {1, 15, 0});
}

TEST(Rnn, CanGiveItsLastOutputAlone) {
  Built net({Rnn{.hidden = 1, .sequences = false, .bias = false}}, {2, 1}, 1);
  EXPECT_EQ(net.y.shape(), Shape({1, 1}));
  net.set("layers.0.weight_ih_l0", {1});
  net.set("layers.0.weight_hh_l0", {1});
  expect_numbers(net.run({0.5, 0.25}), {std::tanh(0.25 + std::tanh(0.5))});
}

TEST(Rnn, NamesItsWeightsAsPyTorch) {
  const Built net({Rnn{.hidden = 2}}, {3, 5}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.weight_ih_l0", "layers.0.weight_hh_l0",
                                    "layers.0.bias_ih_l0", "layers.0.bias_hh_l0"}));
  EXPECT_EQ(net.net.weights().size(), 2u) << "biases are not regularized";
}

TEST(Rnn, WantsSequences) {
  expect_error([] { Built({Rnn{.hidden = 2}}, {3}, 1); },
               "layers.0 (rnn): it takes sequences [steps, features], not samples of shape [3]");
  expect_error([] { Layer(Rnn{}); }, "rnn.hidden = 0 is not allowed: must be at least 1");
}

}  // namespace goodfit
