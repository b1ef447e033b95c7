// Softmax over the last axis, and its logarithm.
//
//   softmax       y_c = e^x_c / Σ_j e^x_j              dx = y (dy − Σ_j dy_j y_j)
//   log_softmax   y_c = x_c − log Σ_j e^x_j            dx = dy − e^y Σ_j dy_j
#pragma once
#include <cmath>

#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/softmax/softmax.hpp"
#include "goodfit/compute/kernels/softmax/softmax_reference.hpp"

namespace goodfit {

// Inputs y, dy.
struct SoftmaxBackwardOp final : PlainOp<SoftmaxBackwardOp> {
  explicit SoftmaxBackwardOp(bool of_logarithm) : logarithm(of_logarithm) {}
  bool logarithm;
  std::string_view name() const override {
    return logarithm ? "log_softmax_backward" : "softmax_backward";
  }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0);
    const T *y = c.batch(0), *dy = c.batch(1);
    T* dx = c.out + c.first();
    if (!logarithm) return softmax_backward(y, dy, 1, dx, c.vectors(0), width);
    for (Size r = c.vectors(0); r > 0; --r, y += width, dy += width, dx += width) {
      T sum(0);
      for (Size j = 0; j < width; ++j) sum += dy[j];
      for (Size j = 0; j < width; ++j) dx[j] = dy[j] - std::exp(y[j]) * sum;
    }
  }
};

struct SoftmaxOp final : PlainOp<SoftmaxOp> {
  explicit SoftmaxOp(bool of_logarithm) : logarithm(of_logarithm) {}
  bool logarithm;
  std::string_view name() const override { return logarithm ? "log_softmax" : "softmax"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size width = c.channels(0), rows = c.vectors(0);
    const T* x = c.batch(0);
    T* y = c.out + c.first();
    if (!logarithm) return softmax(x, y, rows, width);
    for (Size r = 0; r < rows; ++r, x += width, y += width) {
      const SoftmaxRow<T> row(x, width);
      const T shift = row.max + std::log(row.sum);
      for (Size j = 0; j < width; ++j) y[j] = x[j] - shift;
    }
  }
  Values gradient(const Values&, Value y, Value dy) const override {
    return {dy.graph->add(SoftmaxBackwardOp(logarithm), {y, dy})};
  }
};

inline Value softmax(Value x) { return x.graph->add(SoftmaxOp(false), {x}); }
inline Value log_softmax(Value x) { return x.graph->add(SoftmaxOp(true), {x}); }

}  // namespace goodfit
