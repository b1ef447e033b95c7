#include "goodfit/compute/kernels/convolution/convolution.hpp"
#include "goodfit/compute/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "goodfit/compute/kernels/convolution/depthwise_weight.cpp"
#include <hwy/foreach_target.h>

#include "goodfit/compute/kernels/vectors-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels {
namespace HWY_NAMESPACE {

// Outputs that see tap r of an axis.
struct Seen {
  Size begin, end;
  Seen(Size from, Size to) : begin(from), end(to) {}
  Seen(const ConvolutionAxis& axis, Size r) : begin(0), end(axis.out) {
    while (begin < end && axis.input(begin, r) < 0) ++begin;
    while (end > begin && axis.input(end - 1, r) < 0) --end;
  }
};

// Those that see three neighboring taps of it, a step or two apart; none where it has others.
Seen seen_by_three(const ConvolutionAxis& axis) {
  const Seen all(Seen(axis, 0).begin, Seen(axis, 2).end);
  const bool three = axis.kernel == 3 && axis.dilation == 1 && axis.up <= 2;
  return three && all.begin < all.end ? all : Seen(0, 0);
}

// dw[c] += Σ over `count` outputs side by side, in four chains.
HWY_INLINE void add_outputs(const float* x, Size x_step, const float* dy, Size channels, Size count,
                            float* dw) {
  each_vector(channels, [&](const auto& at, Size c) HWY_ATTR {
    constexpr Size chains = 4;
    V sums[chains];
    HWY_UNROLL(4) for (Size k = 0; k < chains; ++k) sums[k] = zero();
    const float *a = x + c, *b = dy + c;
    Size q = 0;
    for (; q + chains <= count; q += chains, a += chains * x_step, b += chains * channels) {
      HWY_UNROLL(4)
      for (Size k = 0; k < chains; ++k)
        sums[k] = hn::MulAdd(at.load(a + k * x_step), at.load(b + k * channels), sums[k]);
    }
    for (; q < count; ++q, a += x_step, b += channels)
      sums[0] = hn::MulAdd(at.load(a), at.load(b), sums[0]);
    const V sum = hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3]));
    at.store(hn::Add(at.load(dw + c), sum), dw + c);
  });
}

// The sums of three neighboring taps go on by K outputs, `Stride` inputs apart.
template <Size K, Size Stride, class At>
HWY_INLINE void add_three(const At& at, const float* x, const float* dy, Size channels,
                          V (&sums)[2][3]) {
  V slopes[K];
  HWY_UNROLL(4) for (Size k = 0; k < K; ++k) slopes[k] = at.load(dy + k * channels);
  HWY_UNROLL(9) for (Size j = 0; j < (K - 1) * Stride + 3; ++j) {
    const V input = at.load(x + j * channels);
    HWY_UNROLL(4)
    for (Size k = 0; k < K; ++k)
      if (j >= k * Stride && j - k * Stride < 3)
        sums[k % 2][j - k * Stride] = hn::MulAdd(input, slopes[k], sums[k % 2][j - k * Stride]);
  }
}

// dw of three taps += Σ over `count` outputs side by side that see them all.
template <Size Stride>
HWY_INLINE void add_outputs_of_three(const float* x, const float* dy, Size channels, Size count,
                                     float* dw) {
  each_vector(channels, [&](const auto& at, Size c) HWY_ATTR {
    V sums[2][3] = {{zero(), zero(), zero()}, {zero(), zero(), zero()}};
    const float *a = x + c, *b = dy + c;
    Size q = 0;
    for (; q + 4 <= count; q += 4, a += 4 * Stride * channels, b += 4 * channels)
      add_three<4, Stride>(at, a, b, channels, sums);
    for (; q < count; ++q, a += Stride * channels, b += channels)
      add_three<1, Stride>(at, a, b, channels, sums);
    HWY_UNROLL(3) for (Size s = 0; s < 3; ++s) {
      float* to = dw + s * channels + c;
      at.store(hn::Add(at.load(to), hn::Add(sums[0][s], sums[1][s])), to);
    }
  });
}

// Row by row of the outputs, so that all taps meet them while they are in the first-level cache.
void depthwise_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                               float* dw) {
  const Size c = g.channels, x_row = g.width.in * c, y_row = g.width.out * c;
  const Seen inside = seen_by_three(g.width);
  std::memset(dw, 0, std::size_t(g.weight_floats()) * sizeof(float));
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), dy += g.output_floats()) {
    for (Size o = 0; o < g.height.out; ++o) {
      for (Size r = 0; r < g.height.kernel; ++r) {
        const Size i = g.height.input(o, r);
        if (i < 0) continue;
        const float *x_here = x + i * x_row, *dy_here = dy + o * y_row;
        float* to = dw + r * g.width.kernel * c;
        const auto first = [&](Size q, Size s) { return x_here + g.width.input(q, s) * c; };
        if (inside.begin < inside.end)
          (g.width.up == 1 ? add_outputs_of_three<1>
                           : add_outputs_of_three<2>)(first(inside.begin, 0),
                                                      dy_here + inside.begin * c, c,
                                                      inside.end - inside.begin, to);
        for (Size s = 0; s < g.width.kernel; ++s) {
          const Seen seen(g.width, s);
          for (const auto& [begin, end] : {Seen{seen.begin, HWY_MIN(seen.end, inside.begin)},
                                           Seen{HWY_MAX(seen.begin, inside.end), seen.end}})
            if (begin < end)
              add_outputs(first(begin, s), g.width.up * c, dy_here + begin * c, c, end - begin,
                          to + s * c);
        }
      }
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace goodfit::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace goodfit::kernels {

HWY_EXPORT(depthwise_weight_gradient);

void depthwise_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                               float* dw) {
  HWY_DYNAMIC_DISPATCH(depthwise_weight_gradient)(g, x, dy, samples, dw);
}

}  // namespace goodfit::kernels
#endif
