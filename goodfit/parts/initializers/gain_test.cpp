#include "goodfit/parts/initializers/gain.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

using std::exp, std::sqrt;
double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }
double gain_of(double second_moment) { return 1 / sqrt(second_moment); }

}  // namespace

TEST(Gain, OfTheTableIsPyTorchs) {  // torch.nn.init.calculate_gain
  EXPECT_EQ(linear_gain.value, 1);
  EXPECT_EQ(sigmoid_gain.value, 1);
  EXPECT_DOUBLE_EQ(tanh_gain.value, 1.6666666666666667);
  EXPECT_DOUBLE_EQ(relu_gain.value, 1.4142135623730951);
  EXPECT_DOUBLE_EQ(leaky_relu_gain(0.01).value, 1.4141428569978354);
  EXPECT_DOUBLE_EQ(leaky_relu_gain(0.5).value, 1.2649110640673518);
  EXPECT_EQ(selu_gain.value, 0.75);
}

TEST(Gain, MeasuredAgreesWithTheTableWhereTheTableIsExact) {
  EXPECT_NEAR(measured_gain([](double z) { return z; }).value, 1, 1e-14);
  EXPECT_NEAR(measured_gain([](double z) { return std::max(z, 0.0); }).value, relu_gain.value,
              1e-14);
  const auto leaky = [](double z) { return z > 0 ? z : 0.2 * z; };
  EXPECT_NEAR(measured_gain(leaky).value, leaky_relu_gain(0.2).value, 1e-14);
}

TEST(Gain, MeasuredIsExactForActivationsOfAnyShape) {
  // gelu: E z²Φ² by parts, E[z g] = E g′: E Φ² + 2 E zΦφ = 1/3 + 2 · 1/(4π√3).
  const auto gelu = [](double z) { return z * normal_cdf(z); };
  EXPECT_NEAR(measured_gain(gelu).value,
              gain_of(1.0 / 3 + 1 / (2 * std::numbers::pi * std::numbers::sqrt3)), 1e-13);
  // elu: ½ + E[(e^z − 1)²; z < 0] = ½ + e²Φ(−2) − 2 √e Φ(−1) + ½, by completing the squares.
  const auto elu = [](double z) { return z > 0 ? z : exp(z) - 1; };
  EXPECT_NEAR(measured_gain(elu).value,
              gain_of(1 + exp(2.0) * normal_cdf(-2) - 2 * exp(0.5) * normal_cdf(-1)), 1e-13);
  // A kink and a plateau: E min(|z|, 1)² = 1 − 2φ(1), as ∫₀¹ z²φ = Φ(1) − ½ − φ(1).
  const auto clipped = [](double z) { return std::clamp(z, -1.0, 1.0); };
  EXPECT_NEAR(measured_gain(clipped).value, gain_of(1 - 2 * exp(-0.5) / sqrt(2 * std::numbers::pi)),
              1e-13);
  // sin: E sin² z = (1 − e^{−2}) / 2.
  EXPECT_NEAR(measured_gain([](double z) { return std::sin(z); }).value,
              gain_of((1 - exp(-2.0)) / 2), 1e-13);
}

TEST(Gain, KnowsReluAndItsKin) {
  const auto sigmoid = [](double z) { return 1 / (1 + exp(-z)); };
  const auto halves = [](auto f) { return measured_gain(f).halves; };
  EXPECT_TRUE(relu_gain.halves && leaky_relu_gain(0.01).halves);
  EXPECT_TRUE(halves([](double z) { return std::max(z, 0.0); }));
  EXPECT_TRUE(halves([](double z) { return std::min(z, 0.0); }));
  EXPECT_TRUE(halves([](double z) { return z * normal_cdf(z); }));
  EXPECT_TRUE(halves([&](double z) { return z * sigmoid(z); }));
  EXPECT_FALSE(linear_gain.halves || tanh_gain.halves || sigmoid_gain.halves || selu_gain.halves);
  EXPECT_FALSE(halves([](double z) { return std::tanh(z); }));
  EXPECT_FALSE(halves(sigmoid));
  EXPECT_FALSE(halves([](double z) { return z > 0 ? z : exp(z) - 1; }));
}

TEST(Gain, OfTheTableIsNearTheMeasuredOne) {
  // The figures of the header.
  EXPECT_NEAR(measured_gain([](double z) { return std::tanh(z); }).value, 1.5925, 1e-4);
  EXPECT_NEAR(measured_gain([](double z) { return 1 / (1 + exp(-z)); }).value, 1.8462, 1e-4);
  const auto selu = [](double z) {
    return 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (exp(z) - 1));
  };
  EXPECT_NEAR(measured_gain(selu).value, 1, 1e-12);
}

}  // namespace goodfit
