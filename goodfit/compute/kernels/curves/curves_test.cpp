#include "goodfit/compute/kernels/curves/curves.hpp"

#include <algorithm>
#include <functional>

#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {
namespace {

struct Case {
  std::string name;
  Curve curve;
  std::function<double(double)> value;
  std::vector<double> kinks = {};  // where there is no slope to compare with
};

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

double hard_sigmoid(double x) { return std::clamp(x / 6 + 0.5, 0.0, 1.0); }

std::vector<Case> cases() {
  return {
      {"silu", {Curve::silu}, [](double x) { return x / (1 + std::exp(-x)); }},
      {"mish", {Curve::mish}, [](double x) { return x * std::tanh(softplus(x)); }},
      {"gelu", {Curve::gelu}, [](double x) { return x * std::erfc(-x / std::sqrt(2.0)) / 2; }},
      {"gelu_tanh",
       {Curve::gelu_tanh},
       [](double x) {
         const double u = std::sqrt(2 / M_PI) * (x + 0.044715 * x * x * x);
         return x * (1 + std::tanh(u)) / 2;
       }},
      {"elu",
       {Curve::elu, 0.8f, 1.5f, 1.25f},
       [](double x) { return 1.5 * (x > 0 ? x : double(0.8f) * std::expm1(1.25 * x)); }},
      {"softplus",
       {.kind = Curve::softplus, .rate = 1.5f},
       [](double x) { return softplus(1.5 * x) / 1.5; }},
      {"softsign", {Curve::softsign}, [](double x) { return x / (1 + std::abs(x)); }},
      {"leaky_relu",
       {Curve::leaky_relu, 0.25f},
       [](double x) { return x > 0 ? x : 0.25 * x; },
       {0}},
      {"relu6", {Curve::relu6}, [](double x) { return std::clamp(x, 0.0, 6.0); }, {0, 6}},
      {"hard_sigmoid", {Curve::hard_sigmoid}, hard_sigmoid, {-3, 3}},
      {"hard_swish", {Curve::hard_swish}, [](double x) { return x * hard_sigmoid(x); }, {-3, 3}}};
}

Numbers points() {
  Numbers all;
  for (int i = -3000; i <= 3000; ++i) all.push_back(float(i) * 0.005f + 0.0001f);
  for (const float x : {1e-8f, -1e-8f, 1e-30f, 40.0f, -40.0f, 90.0f, -90.0f, 1e4f, -1e4f})
    all.push_back(x);
  return all;
}

}  // namespace

TEST(Curves, AreWithinTheirErrorAndSoAreTheirSlopes) {
  const Numbers x = points(), ones(x.size(), 1.0f);
  const Size n = Size(x.size());
  on_every_target([&] {
    for (const Case& one : cases()) {
      SCOPED_TRACE(one.name);
      Numbers y(x.size()), dx(x.size());
      curve_values(one.curve, x.data(), y.data(), n);
      curve_gradients(one.curve, x.data(), ones.data(), dx.data(), n);
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double at = double(x[i]), size = std::max(1.0, std::abs(at));
        EXPECT_NEAR(y[i], one.value(at), curve_error * size) << at;
        const double h = 1e-7 * size;
        const auto close = [&](double kink) { return std::abs(at - kink) <= 2 * h; };
        if (std::any_of(one.kinks.begin(), one.kinks.end(), close)) continue;
        const double slope = (one.value(at + h) - one.value(at - h)) / (2 * h);
        EXPECT_NEAR(dx[i], slope, curve_error * size + 1e-8) << at;
      }
    }
  });
}

TEST(Curves, KeepNanAndTakeDyAsAFactor) {
  on_every_target([] {
    for (const Case& one : cases()) {
      SCOPED_TRACE(one.name);
      const Numbers x{not_a_number, 0.5f, -1.5f}, dy{1, -3, 2}, ones{1, 1, 1};
      Numbers y(3), slope(3), dx(3);
      curve_values(one.curve, x.data(), y.data(), 3);
      curve_gradients(one.curve, x.data(), ones.data(), slope.data(), 3);
      curve_gradients(one.curve, x.data(), dy.data(), dx.data(), 3);
      EXPECT_TRUE(std::isnan(y[0]));
      EXPECT_TRUE(std::isnan(dx[0]) || !one.kinks.empty());
      EXPECT_FLOAT_EQ(dx[1], -3 * slope[1]);
      EXPECT_FLOAT_EQ(dx[2], 2 * slope[2]);
    }
  });
}

TEST(Curves, MayWriteOverAnInputAndAreCutAnywhere) {
  const Size n = 83;
  const Numbers x = some_numbers(n, 1), dy = some_numbers(n, 2);
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    expect_in_place({x}, n, [&](auto in, auto out) { curve_values(one.curve, in[0], out[0], n); });
    expect_in_place({x, dy}, n, [&](auto in, auto out) {
      curve_gradients(one.curve, in[0], in[1], out[0], n);
    });
    expect_cut_free(n, 1, [&](Size begin, Size end, float* out) {
      curve_values(one.curve, x.data() + begin, out, end - begin);
    });
    expect_cut_free(n, 1, [&](Size begin, Size end, float* out) {
      curve_gradients(one.curve, x.data() + begin, dy.data() + begin, out, end - begin);
    });
  }
}

}  // namespace goodfit::kernels
