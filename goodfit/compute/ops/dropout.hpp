// Dropout: y = factor · x + shift where a decision keeps, else `dropped`; the gradient is factor ·
// dy where it kept.
//
//   a decision is made for each unit, for each channel of a sample, or for each sample
//   as a rule factor = 1 / (1 − p), so that the expectation of y is x
//
// The mask is not stored: it is a function of (seed, stream, step, sample, decision), made again
// for the gradient, except behind a relu, where y > 0 says what was kept. Source: Srivastava et al.
// 2014, JMLR 15; inverted form as in PyTorch; Tompson et al. 2015, arXiv:1411.4280 (channels);
// Huang et al. 2016, arXiv:1603.09382 (samples).
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/random/random.hpp"
#include "goodfit/compute/kernels/random/random_reference.hpp"

namespace goodfit {

enum class Decision { unit, channel, sample };

struct Dropping {
  double p;  // probability to drop
  Decision each = Decision::unit;
  double factor = 1 / (1 - p), shift = 0, dropped = 0;

  std::string text() const {
    return formatted("p={} each={} {} {} {}", p, int(each), factor, shift, dropped);
  }
};

struct DropoutOp final : PlainOp<DropoutOp> {
  DropoutOp(const Dropping& how, std::uint32_t own_stream) : drop(how), stream(own_stream) {}
  Dropping drop;
  std::uint32_t stream;  // of random numbers, its own for every layer
  std::string_view name() const override { return "dropout"; }
  std::string settings() const override { return formatted("{} stream={}", drop.text(), stream); }
  bool draws() const override { return true; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  // Channels write their decisions into the output before they have read all of the input.
  bool may_overwrite(int) const override { return drop.each != Decision::channel; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Masking mask{float(drop.p), drop.factor, drop.shift, drop.dropped};
    const MaskKey key{c.seed, stream, c.step};
    const T* x = c.in[0] + c.first();
    T* y = c.out + c.first();
    if (drop.each == Decision::unit) {
      dropout(x, y, mask, key, c.first_row + c.begin, c.end - c.begin, c.item, c.far);
      return;
    }
    for (Size n = c.begin; n < c.end; ++n, x += c.item, y += c.item) {
      if (drop.each == Decision::sample) {
        const bool kept = is_kept(mask.p, key, c.first_row + n, 0);
        for (Size i = 0; i < c.item; ++i) y[i] = kept ? of(x[i]) : T(mask.dropped);
      } else {
        const Size width = c.channels(0);
        std::fill_n(y, width, T(1));
        dropout(y, y, Masking{mask.p, 1}, key, c.first_row + n, 1, width);
        for (Size i = c.item - width; i >= 0; i -= width)  // the decisions last
          for (Size j = 0; j < width; ++j) y[i + j] = y[j] != 0 ? of(x[i + j]) : T(mask.dropped);
      }
    }
  }
  Values gradient(const Values&, Value, Value dy) const override {
    Dropping linear = drop;
    linear.shift = linear.dropped = 0;
    return {dy.graph->add(DropoutOp(linear, stream), {dy})};
  }

 private:
  template <class T>
  T of(T x) const {
    return x * T(drop.factor) + T(drop.shift);
  }
};

inline Value dropout(Value x, const Dropping& how, std::uint32_t stream) {
  return x.graph->add(DropoutOp(how, stream), {x});
}
inline Value dropout(Value x, double p, std::uint32_t stream) {
  return dropout(x, {.p = p}, stream);
}

}  // namespace goodfit
