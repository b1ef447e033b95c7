// Fading noise: y = x + σ n,   σ² = η / (1 + t)^γ,   n normal          t the number of the step
//
//   four normal numbers from the words u0 … u3 of Philox4x32-10(counter, key)
//   counter = (i / 4 low, high, t, stream)      key = (low, high 32 bits of the seed)
//   √(−2 ln a) (cos 2π b, sin 2π b)             a = (u0 + 1) / 2³², b = u1 / 2³²; so u2 and u3
//
// In float and double alike, so that both get the same numbers. For tensors that are not batched.
#pragma once
#include <cmath>
#include <numbers>

#include "goodfit/base/random.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct FadingNoiseOp final : PlainOp<FadingNoiseOp> {
  FadingNoiseOp(double variance, double power, std::uint32_t own_stream)
      : eta(variance), gamma(power), stream(own_stream) {}
  double eta, gamma;
  std::uint32_t stream;
  std::string_view name() const override { return "fading_noise"; }
  std::string settings() const override {
    return formatted("eta={} gamma={} stream={}", eta, gamma, stream);
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  double flops(const Shapes&, const Shape& out) const override { return 50 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    const double sigma = std::sqrt(eta / std::pow(1 + double(c.step), gamma));
    const Size end = c.first() + c.count();
    for (Size i = c.first(); i < end; i += 4) {  // a unit begins at a multiple of four
      const std::array<float, 4> n = normals(std::uint64_t(i / 4), c.seed, c.step);
      for (Size j = 0; j < std::min<Size>(4, end - i); ++j)
        c.out[i + j] = c.in[0][i + j] + T(sigma) * T(n[std::size_t(j)]);
    }
  }
  Values gradient(const Values&, Value, Value d) const override { return {d}; }

  std::array<float, 4> normals(std::uint64_t block, std::uint64_t seed, std::uint32_t step) const {
    const auto words = philox({std::uint32_t(block), std::uint32_t(block >> 32), step, stream},
                              {std::uint32_t(seed), std::uint32_t(seed >> 32)});
    std::array<float, 4> n;
    for (std::size_t pair = 0; pair < 4; pair += 2) {
      const float radius = std::sqrt(-2 * std::log((float(words[pair]) + 1) * 0x1p-32f));
      const float angle = float(words[pair + 1]) * 0x1p-32f * 2 * std::numbers::pi_v<float>;
      n[pair] = radius * std::cos(angle);
      n[pair + 1] = radius * std::sin(angle);
    }
    return n;
  }
};

inline Value fading_noise(Value x, double eta, double gamma, std::uint32_t stream) {
  return x.graph->add(FadingNoiseOp(eta, gamma, stream), {x});
}

}  // namespace goodfit
