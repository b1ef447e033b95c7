#include "goodfit/parts/layers/gru.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

// z by its bias: closed takes the new value, open keeps the old one for good.
TEST(Gru, KeepsOrTakesAsItsGateSays) {
  Built net({Gru{.hidden = 1}}, {3, 1}, 1);
  net.set("layers.0.weight_ih_l0", {0, 0, 1});
  net.set("layers.0.weight_hh_l0", {0, 0, 0});
  net.set("layers.0.bias_ih_l0", {0, -100, 0});
  net.set("layers.0.bias_hh_l0", {0, 0, 0});
  expect_numbers(net.run({0.5, -0.25, 2}), {std::tanh(0.5), std::tanh(-0.25), std::tanh(2)});
  net.set("layers.0.bias_ih_l0", {0, 0, 0});  // z = ½: the mean of both
  const double first = std::tanh(0.5) / 2, second = (std::tanh(-0.25) + first) / 2;
  expect_numbers(net.run({0.5, -0.25, 2}), {first, second, (std::tanh(2) + second) / 2});
}

TEST(Gru, ItsResetGateStandsBehindTheProduct) {
  // h₁ = ½ tanh(1 + ½ · 4) = a; then r = ½ scales W h + b together: n = tanh(½ (2 a + 4)).
  Built net({Gru{.hidden = 1}}, {2, 1}, 1);
  net.set("layers.0.weight_ih_l0", {0, 0, 1});
  net.set("layers.0.weight_hh_l0", {0, 0, 2});
  net.set("layers.0.bias_ih_l0", {0, 0, 0});
  net.set("layers.0.bias_hh_l0", {0, 0, 4});
  const double a = std::tanh(1 + 2.0) / 2;
  expect_numbers(net.run({1, 0}), {a, (std::tanh((2 * a + 4) / 2) + a) / 2});
}

// What the weights' size cannot do is done by none of the norms being over all gates.
TEST(Gru, WithLayerNormAnswersAlikeToWeightsOfAnySize) {
  Built net({Gru{.hidden = 4, .layer_norm = true}}, {5, 3}, 2);
  Numbers x;
  for (int i = 0; i < 30; ++i) x.push_back(std::sin(2.0 * i));
  const Numbers before = net.run(x);
  const auto scale = [&](const char* name, std::size_t begin, std::size_t count, float factor) {
    for (float& w : net.store.at(name).subspan(begin, count)) w *= factor;
  };
  scale("layers.0.weight_ih_l0", 0, 24, 100);  // r and z
  scale("layers.0.weight_ih_l0", 24, 12, 300);
  scale("layers.0.weight_hh_l0", 0, 32, 200);
  scale("layers.0.weight_hh_l0", 32, 16, 500);
  expect_numbers(net.run(x), before, 1e-2);
}

}  // namespace goodfit
