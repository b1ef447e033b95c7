// Noise: y = x + σ n or y = x (1 + σ n), with n ~ N(0, 1) for each unit.
//
//   dx = dy, or dy (1 + σ n) with the same n, made again from its counter
//
// Source: Srivastava et al. 2014, JMLR 15, section 10 (the product).
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/random/random.hpp"
#include "goodfit/compute/kernels/random/random_reference.hpp"

namespace goodfit {

struct NoiseOp final : PlainOp<NoiseOp> {
  NoiseOp(double deviation, bool product, std::uint32_t own_stream)
      : sigma(deviation), multiply(product), stream(own_stream) {}
  double sigma;
  bool multiply;
  std::uint32_t stream;
  std::string_view name() const override { return "noise"; }
  std::string settings() const override {
    return formatted("sigma={} multiply={} stream={}", sigma, multiply, stream);
  }
  bool draws() const override { return true; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  double flops(const Shapes&, const Shape& out) const override {
    return 16.0 * double(out.count());
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    noise(c.in[0] + c.first(), c.out + c.first(), sigma, multiply, MaskKey{c.seed, stream, c.step},
          c.first_row + c.begin, c.end - c.begin, c.item);
  }
  Values gradient(const Values&, Value, Value dy) const override {
    return {multiply ? dy.graph->add(*this, {dy}) : dy};
  }
};

inline Value noise(Value x, double sigma, bool multiply, std::uint32_t stream) {
  return x.graph->add(NoiseOp(sigma, multiply, stream), {x});
}

}  // namespace goodfit
