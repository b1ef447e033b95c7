// Convolution reference: the sums of convolution.hpp as they are written there, in T.
#pragma once
#include "goodfit/compute/kernels/convolution/convolution.hpp"

namespace goodfit::kernels::reference {

// Where tap (r, s) between channel c and unit k of one group lies in the weight.
inline Size weight_at(const Convolution& g, Size group, Size r, Size s, Size c, Size k) {
  const Size tap = r * g.width.kernel + s;
  if (!g.flipped) return ((group * g.group_units() + k) * g.group_channels() + c) * g.taps() + tap;
  return ((group * g.group_channels() + c) * g.group_units() + k) * g.taps() + g.taps() - 1 - tap;
}

// visit(n, group, unit in it, output position, input position, r, s) where an input exists.
template <class Begin, class Term, class End>
void each_output(const Convolution& g, Size samples, const Begin& begin, const Term& term,
                 const End& end) {
  const Size outputs = g.height.out * g.width.out, inputs = g.height.in * g.width.in;
  for (Size at = 0; at < samples * outputs; ++at) {
    const Size n = at / outputs, o = at % outputs / g.width.out, q = at % g.width.out;
    for (Size unit = 0; unit < g.units; ++unit) {
      begin(at * g.units + unit);
      for (Size r = 0; r < g.height.kernel; ++r)
        for (Size s = 0; s < g.width.kernel; ++s) {
          const Size i = g.height.input(o, r), j = g.width.input(q, s);
          if (i >= 0 && j >= 0) term(unit, n * inputs + i * g.width.in + j, r, s);
        }
      end(at * g.units + unit, unit);
    }
  }
}

template <class T>
void convolution(const Convolution& g, const T* x, const T* weight, Size samples, T* y,
                 const T* bias = nullptr, bool relu = false) {
  T sum = 0;
  each_output(
      g, samples, [&](Size) { sum = 0; },
      [&](Size unit, Size position, Size r, Size s) {
        const Size group = unit / g.group_units();
        for (Size c = 0; c < g.group_channels(); ++c)
          sum += x[position * g.channels + group * g.group_channels() + c] *
                 weight[weight_at(g, group, r, s, c, unit % g.group_units())];
      },
      [&](Size at, Size unit) {
        if (bias) sum += bias[unit];
        y[at] = relu && sum < T(0) ? T(0) : sum;
      });
}

template <class T>
void convolution_weight_gradient(const Convolution& g, const T* x, const T* dy, Size samples,
                                 T* dw) {
  for (Size i = 0; i < g.weight_floats(); ++i) dw[i] = 0;
  T now = 0;
  each_output(
      g, samples, [&](Size at) { now = dy[at]; },
      [&](Size unit, Size position, Size r, Size s) {
        const Size group = unit / g.group_units();
        for (Size c = 0; c < g.group_channels(); ++c)
          dw[((r * g.width.kernel + s) * g.group_channels() + c) * g.units + unit] +=
              x[position * g.channels + group * g.group_channels() + c] * now;
      },
      [](Size, Size) {});
}

template <class T>
void merge_convolution_gradients(const Convolution& g, Size shards, const T* slots, T* weight,
                                 Size channel_begin, Size channel_end) {
  const Size channels = g.group_channels(), taps = g.taps();
  for (Size unit = 0; unit < g.units; ++unit)
    for (Size c = channel_begin; c < channel_end; ++c)
      for (Size tap = 0; tap < taps; ++tap) {
        T sum = 0;
        for (Size s = 0; s < shards; ++s)
          sum += slots[((s * taps + tap) * channels + c) * g.units + unit];
        weight[(unit * channels + c) * taps + tap] = sum;
      }
}

}  // namespace goodfit::kernels::reference
