// Gain: what weights must be enlarged by, so that the signal behind an activation f keeps its size.
//
//   gain = 1 / √E f(z)²,  z ~ N(0, 1)         then  E f(z)² · gain² = 1
//
//   linear, sigmoid 1    tanh 5/3    relu √2    leaky_relu √(2 / (1 + a²))    selu 3/4
//
// These are PyTorch's calculate_gain; those of relu and leaky_relu are exact, those of tanh,
// sigmoid and selu rules of thumb (measured: 1.59, 1.85 and 1). Any other f is measured by
// quadrature. Source: He et al. 2015, arXiv:1502.01852, eq. 8 and 10.
#pragma once
#include <cmath>
#include <functional>
#include <numbers>

namespace goodfit {

struct Gain {
  double value = 1;
  // Whether f all but closes for one sign of its input, as ReLU and its kin do.
  bool halves = false;
};

inline constexpr Gain linear_gain{};
inline constexpr Gain sigmoid_gain{};
inline constexpr Gain tanh_gain{5.0 / 3};
inline constexpr Gain relu_gain{std::numbers::sqrt2, true};
inline constexpr Gain selu_gain{0.75};
inline Gain leaky_relu_gain(double slope) { return {std::sqrt(2 / (1 + slope * slope)), true}; }

// Of any activation that is smooth between the multiples of 1/8: exact to about 1e-14. It halves
// when one side of 0 carries less than a tenth of what the other carries of E f(z)².
Gain measured_gain(const std::function<double(double)>& f);
// The same of a curve, which has f as `value`.
template <class Curve>
Gain gain_of(const Curve& curve) {
  return measured_gain([&curve](double z) { return curve.value(z); });
}

}  // namespace goodfit
