// Slice: some neighbours on the last axis, y[…, c] = x[…, begin + c], 0 ≤ c < width.
//
//   x: [batch, …, C]   y: [batch, …, width]         dx = dy in its place, zeros around it
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

// Input dy: rows of `total` that are zero but for dy at `begin`.
struct SliceBackwardOp final : PlainOp<SliceBackwardOp> {
  SliceBackwardOp(Size first, Size width_of_x) : begin(first), total(width_of_x) {}
  Size begin, total;
  std::string_view name() const override { return "slice_backward"; }
  std::string settings() const override { return formatted("{} of {}", begin, total); }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0];
    out[out.rank() - 1] = total;
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0);
    const T* dy = c.batch(0);
    T* dx = c.out + c.first();
    for (Size r = c.vectors(0); r > 0; --r, dy += width, dx += total) {
      std::fill_n(dx, begin, T(0));
      std::copy_n(dy, width, dx + begin);
      std::fill_n(dx + begin + width, total - begin - width, T(0));
    }
  }
};

struct SliceOp final : PlainOp<SliceOp> {
  SliceOp(Size first, Size count) : begin(first), width(count) {}
  Size begin, width;
  std::string_view name() const override { return "slice"; }
  std::string settings() const override { return formatted("{} from {}", width, begin); }
  Shape shape(const Shapes& in) const override {
    if (begin < 0 || width < 1 || begin + width > in[0].back())
      fail("slice: {} from {} are not in a last axis of {}", width, begin, in[0].back());
    Shape out = in[0];
    out[out.rank() - 1] = width;
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size total = c.channels(0);
    const T* x = c.batch(0) + begin;
    T* y = c.out + c.first();
    for (Size r = c.vectors(0); r > 0; --r, x += total, y += width) std::copy_n(x, width, y);
  }
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(SliceBackwardOp(begin, in[0].shape().back()), {dy})};
  }
};

// Throws Error when x has no such places.
inline Value slice(Value x, Size begin, Size width) {
  return x.graph->add(SliceOp(begin, width), {x});
}

}  // namespace goodfit
