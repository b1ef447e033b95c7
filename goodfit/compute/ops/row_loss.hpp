// Row loss: a number for each sample from its row of outputs and its row of targets; what all
// losses without a kernel of their own share.
//
//   L = f(x, t)        dx = dL · ∂f/∂x
//
// x: [batch, …, C]   t: [batch, …, T]   L: [batch, …, 1]
// F says f and its slope once for float and double, and what tells two of its kind apart:
//
//   static constexpr std::string_view name;
//   std::string settings() const;
//   Size targets(Size width) const;          T; throws Error when C does not fit
//   T loss(const T* x, const T* t, Size c) const;
//   void slope(const T* x, const T* t, T dloss, T* dx, Size c) const;      dx may be x
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

// Inputs x, t, dL.
template <class F>
struct RowLossBackwardOp final : PlainOp<RowLossBackwardOp<F>> {
  explicit RowLossBackwardOp(const F& of) : f(of), called(formatted("{}_backward", F::name)) {}
  F f;
  std::string called;
  std::string_view name() const override { return called; }
  std::string settings() const override { return f.settings(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0), goals = c.channels(1);
    const T *x = c.batch(0), *t = c.batch(1), *dloss = c.batch(2);
    T* dx = c.out + c.first();
    for (Size r = 0; r < c.vectors(0); ++r)
      f.slope(x + r * width, t + r * goals, dloss[r], dx + r * width, width);
  }
};

template <class F>
struct RowLossOp final : PlainOp<RowLossOp<F>> {
  explicit RowLossOp(const F& of) : f(of) {}
  F f;
  std::string_view name() const override { return F::name; }
  std::string settings() const override { return f.settings(); }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0], wanted = in[0];
    wanted[wanted.rank() - 1] = f.targets(in[0].back());
    if (in[1] != wanted)
      fail("{}: targets of shape {} do not fit outputs of shape {}", F::name, in[1].text(),
           in[0].text());
    out[out.rank() - 1] = 1;
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size width = c.channels(0), goals = c.channels(1);
    const T *x = c.batch(0), *t = c.batch(1);
    T* loss = c.out + c.first();
    for (Size r = 0; r < c.vectors(0); ++r) loss[r] = f.loss(x + r * width, t + r * goals, width);
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(RowLossBackwardOp<F>(f), {in[0], in[1], d}), {}};
  }
};

template <class F>
Value row_loss(const F& f, Value x, Value target) {
  return x.graph->add(RowLossOp<F>(f), {x, target});
}

// The mean over the row of a function of one output and its target: F has `at(x, t)` and its slope
// in x, `slope_at(x, t)`.
template <class F>
struct MeanOverRow {
  Size targets(Size width) const { return width; }
  template <class T>
  T loss(const T* x, const T* t, Size c) const {
    double sum = 0;  // a float would lose digits over wide rows
    for (Size i = 0; i < c; ++i) sum += double(static_cast<const F*>(this)->at(x[i], t[i]));
    return T(sum / double(c));
  }
  template <class T>
  void slope(const T* x, const T* t, T dloss, T* dx, Size c) const {
    const T share = dloss / T(c);
    for (Size i = 0; i < c; ++i) dx[i] = share * static_cast<const F*>(this)->slope_at(x[i], t[i]);
  }
};

}  // namespace goodfit
