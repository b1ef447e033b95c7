// Drop block: y = x · mask · units / kept, where whole squares of a channel are dropped.
//
//   x, y: [batch, H, W, C]   k: edge of a square   units = H W C, kept: of them, in this sample
//   every square of k by k in the image begins with probability γ = p H W / (k² (H − k + 1) (W − k
//   + 1)) p rises in a straight line over the first `ramp` steps        dx = dy · mask · units /
//   kept
//
// Source: Ghiasi, Lin & Le 2018, arXiv:1810.12890, algorithm 1 and eq. 1; γ as timm has it. Kept
// units are counted in each sample, where timm counts them in the batch: samples stay alone.
#pragma once
#include <algorithm>

#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/random/random.hpp"
#include "goodfit/compute/kernels/random/random_reference.hpp"

namespace goodfit {

struct DropBlockOp final : PlainOp<DropBlockOp> {
  DropBlockOp(double probability, Size edge, Size ramp_steps, std::uint32_t own_stream)
      : p(probability), k(edge), ramp(ramp_steps), stream(own_stream) {}
  double p;
  Size k, ramp;
  std::uint32_t stream;
  std::string_view name() const override { return "drop_block"; }
  std::string settings() const override {
    return formatted("p={} block={} ramp={} stream={}", p, k, ramp, stream);
  }
  bool draws() const override { return true; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  double flops(const Shapes&, const Shape& out) const override { return 4.0 * double(out.count()); }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size height = (*c.shape)[1], width = (*c.shape)[2], channels = c.shape->back();
    const double risen = ramp > 0 ? std::min(1.0, double(c.step) / double(ramp)) : 1.0;
    const double gamma =
        risen * p * double(height * width) / double(k * k * (height - k + 1) * (width - k + 1));
    for (Size n = c.begin; n < c.end; ++n) {
      // Beginnings are drawn into the output. A square lies behind its beginning, so from the last
      // pixel on they are all read before one is painted over.
      T* y = c.out + n * c.item;
      std::fill_n(y, c.item, T(1));
      dropout(y, y, Masking{float(gamma), 1}, MaskKey{c.seed, stream, c.step}, c.first_row + n, 1,
              c.item);
      for (Size at = c.item - 1; at >= 0; --at) {
        if (y[at] != 0) continue;
        y[at] = 1;
        const Size row = at / (width * channels), column = at / channels % width;
        if (row > height - k || column > width - k) continue;
        for (Size i = 0; i < k; ++i)
          for (Size j = 0; j < k; ++j) y[at + (i * width + j) * channels] = 0;
      }
      const Size kept = c.item - Size(std::count(y, y + c.item, T(0)));
      const T factor = kept > 0 ? T(c.item) / T(kept) : T(0);
      const T* x = c.in[0] + n * c.item;
      for (Size i = 0; i < c.item; ++i) y[i] = y[i] != 0 ? x[i] * factor : T(0);
    }
  }
  Values gradient(const Values&, Value, Value dy) const override {
    return {dy.graph->add(*this, {dy})};
  }
};

inline Value drop_block(Value x, double p, Size block, Size ramp, std::uint32_t stream) {
  return x.graph->add(DropBlockOp(p, block, ramp, stream), {x});
}

}  // namespace goodfit
