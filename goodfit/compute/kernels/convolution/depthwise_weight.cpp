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
  Seen(const ConvolutionAxis& axis, Size r) : begin(0), end(axis.out) {
    while (begin < end && axis.input(begin, r) < 0) ++begin;
    while (end > begin && axis.input(end - 1, r) < 0) --end;
  }
};

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

// The sums of a few rows of three taps; of a single row in three chains, to hide the latency of an
// addition.
template <Size Rows>
using ThreeSums = V[Rows == 1 ? 3 : 1][Rows][3];

// The sums go on by K outputs, `Stride` inputs apart, from q on. An input that does not exist,
// before or behind a row, is zero.
template <Size K, Size Stride, Size Rows, class At>
HWY_INLINE void add_three(const At& at, const ConvolutionAxis& axis, const float* x, Size x_row,
                          const float* dy, Size channels, Size q, ThreeSums<Rows>& sums) {
  constexpr Size inputs = (K - 1) * Stride + 3, chains = Rows == 1 ? 3 : 1;
  const Size begin = q * Stride - axis.pad;
  V slopes[K];
  HWY_UNROLL(4) for (Size k = 0; k < K; ++k) slopes[k] = at.load(dy + (q + k) * channels);
  HWY_UNROLL(9) for (Size j = 0; j < inputs; ++j) {
    const bool none = (j == 0 && begin < 0) || (j == inputs - 1 && begin + inputs > axis.in);
    HWY_UNROLL(3) for (Size r = 0; r < Rows; ++r) {
      const V input = none ? zero() : at.load(x + r * x_row + (begin + j) * channels);
      HWY_UNROLL(4)
      for (Size k = 0; k < K; ++k) {
        const Size s = j - k * Stride;
        if (s < 0 || s > 2) continue;
        V& sum = sums[k % chains][r][s];
        sum = hn::MulAdd(input, slopes[k], sum);
      }
    }
  }
}

// dw of some rows of three taps += Σ over a row of outputs. Asks for the rows that come next.
template <Size Rows, Size Stride>
void add_rows_of_three(const ConvolutionAxis& axis, const float* x, Size x_row, const float* dy,
                       Size channels, float* dw) {
  each_vector(channels, [&](const auto& at, Size c) HWY_ATTR {
    ThreeSums<Rows> sums;
    for (auto& chain : sums)
      for (auto& row : chain)
        for (V& sum : row) sum = zero();
    Size q = 0;
    for (; q + 4 <= axis.out; q += 4) {
      if (c % 16 == 0) {
        HWY_UNROLL(4) for (Size k = 0; k < 4; ++k) {
          fetch<Next::is_read>(dy + (axis.out + q + k) * channels + c);
          fetch<Next::is_read>(x + Rows * x_row + (q + k) * Stride * channels + c);
        }
      }
      add_three<4, Stride, Rows>(at, axis, x + c, x_row, dy + c, channels, q, sums);
    }
    for (; q < axis.out; ++q)
      add_three<1, Stride, Rows>(at, axis, x + c, x_row, dy + c, channels, q, sums);
    HWY_UNROLL(3) for (Size r = 0; r < Rows; ++r) {
      HWY_UNROLL(3) for (Size s = 0; s < 3; ++s) {
        float* to = dw + (r * 3 + s) * channels + c;
        V sum = sums[0][r][s];
        if constexpr (Rows == 1) sum = hn::Add(hn::Add(sum, sums[1][r][s]), sums[2][r][s]);
        at.store(hn::Add(at.load(to), sum), to);
      }
    }
  });
}

// Row by row of the outputs, so that all taps meet them while they are in the first-level cache.
void depthwise_weight_gradient(const Convolution& g, const float* x, const float* dy, Size samples,
                               float* dw) {
  const Size c = g.channels, x_row = g.width.in * c, y_row = g.width.out * c;
  const bool three = g.width.three_in_row();
  std::memset(dw, 0, std::size_t(g.weight_floats()) * sizeof(float));
  const bool square = three && g.height.kernel == 3 && g.height.dilation == 1;
  const auto one_row = g.width.up == 1 ? add_rows_of_three<1, 1> : add_rows_of_three<1, 2>;
  const auto three_rows = g.width.up == 1 ? add_rows_of_three<3, 1> : add_rows_of_three<3, 2>;
  for (Size n = 0; n < samples; ++n, x += g.input_floats(), dy += g.output_floats()) {
    for (Size o = 0; o < g.height.out; ++o) {
      const float* dy_here = dy + o * y_row;
      const Size first = g.height.input(o, 0);
      if (square && first >= 0 && g.height.input(o, 2) == first + 2) {
        three_rows(g.width, x + first * x_row, x_row, dy_here, c, dw);
        continue;
      }
      for (Size r = 0; r < g.height.kernel; ++r) {
        const Size i = g.height.input(o, r);
        if (i < 0) continue;
        const float* x_here = x + i * x_row;
        float* to = dw + r * g.width.kernel * c;
        if (three) {
          one_row(g.width, x_here, x_row, dy_here, c, to);
          continue;
        }
        for (Size s = 0; s < g.width.kernel; ++s) {
          const Seen seen(g.width, s);
          if (seen.begin < seen.end)
            add_outputs(x_here + g.width.input(seen.begin, s) * c, g.width.up * c,
                        dy_here + seen.begin * c, c, seen.end - seen.begin, to + s * c);
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
