// Rounded: a number that carries a bound on the error a float computation of it can have.
//
//   fl(a ∘ b) = (a ∘ b)(1 + δ) + η,  |δ| ≤ u = 2⁻²⁴,  |η| ≤ the least denormal
//
// A reference run on Rounded gives both what a kernel should return and how far off it may be, so
// no tolerance in a test is picked by hand. Fused operations round less and stay within the bound.
// Source: Higham 2002, "Accuracy and Stability of Numerical Algorithms", section 3.3.
#pragma once
#include <algorithm>
#include <cmath>

namespace goodfit::kernels {

struct Rounded {
  static constexpr double unit = 0x1p-24;
  static constexpr double least = 0x1p-149;

  Rounded(double number = 0, double bound = 0)
      : value(number), error(std::isfinite(number) ? bound : 0) {}

  static Rounded of(double number, double carried, double roundings = 1) {
    return {number, carried + roundings * unit * (std::abs(number) + carried) + least};
  }

  double value, error;
  double summed = std::abs(value);  // Σ |terms| of what += has added up
};

inline Rounded operator-(Rounded a) { return {-a.value, a.error}; }
inline Rounded operator+(Rounded a, Rounded b) {
  return Rounded::of(a.value + b.value, a.error + b.error);
}
inline Rounded operator-(Rounded a, Rounded b) { return a + -b; }
inline Rounded operator*(Rounded a, Rounded b) {
  return Rounded::of(a.value * b.value,
                     std::abs(a.value) * b.error + std::abs(b.value) * a.error + a.error * b.error);
}
inline Rounded operator/(Rounded a, Rounded b) {
  const double q = a.value / b.value;
  return Rounded::of(q, (a.error + std::abs(q) * b.error) / (std::abs(b.value) - b.error));
}
inline Rounded& operator-=(Rounded& a, Rounded b) { return a = a - b; }
inline Rounded& operator*=(Rounded& a, Rounded b) { return a = a * b; }
// A kernel adds in another order, whose partial sums may be larger: their bound is Σ |terms|, and
// the factor pays for terms that come late here and early there.
inline Rounded& operator+=(Rounded& a, Rounded b) {
  const double summed = a.summed + std::abs(b.value);
  a = {a.value + b.value, a.error + b.error + 2 * Rounded::unit * summed + Rounded::least};
  a.summed = summed;
  return a;
}

inline bool operator<(Rounded a, Rounded b) { return a.value < b.value; }
inline bool operator>(Rounded a, Rounded b) { return a.value > b.value; }
inline bool operator==(Rounded a, Rounded b) { return a.value == b.value; }

inline Rounded sqrt(Rounded a) {
  const double root = std::sqrt(a.value);
  const double lowest = std::sqrt(std::max(0.0, a.value - a.error));
  return Rounded::of(root, a.error > 0 ? a.error / (root + lowest) : 0);
}
// Library functions err by up to two units in the last place, four u. Ours gives 0 in place of
// denormals.
inline Rounded exp(Rounded a) {
  const double e = std::exp(a.value), carried = std::exp(a.value + a.error) - e;
  return Rounded::of(e, carried + (e < 0x1.001p-126 ? e : 0), 4);
}
inline Rounded log(Rounded a) {
  return Rounded::of(std::log(a.value), a.error / (a.value - a.error), 4);
}
inline Rounded tanh(Rounded a) { return Rounded::of(std::tanh(a.value), a.error, 8); }

}  // namespace goodfit::kernels
