// Recurrent: a cell that walks over the steps of each sample; rnn, lstm and gru.
//
//   x: [batch, T, gates · h], what the inputs give to the gates
//   W: [gates · h, h]   b: [gates · h]
//   y: [batch, T, h], or [batch, h] of the last step alone
//
// The inputs' product is one for all steps and stands outside. In here a shard goes through all its
// steps: for each a product of h' with W for all its samples, then the cell's kernel, which says
// the formulas. What the steps keep for the way back is one value, the trace; on the way back each
// step leaves what its gates get, and the gradient of W is one product over all samples and steps.
// With layer norms (recurrent_norms.hpp), a scale and a shift for each stand in the place of b.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/kernels/recurrent/recurrent.hpp"
#include "goodfit/compute/kernels/recurrent/recurrent_reference.hpp"
#include "goodfit/compute/ops/concat.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/recurrent_norms.hpp"

namespace goodfit {

// The product of some rows with W: forward h Wᵀ + b, else d W.
struct RecurrentProduct {
  bool forward, packed = false;

  template <class T>
  void operator()(const T* a, Size a_stride, const T* w, const T* bias, Size rows, Size k, Size n,
                  T* c, Size c_stride) const {
    if constexpr (std::is_same_v<T, float>)
      if (packed)
        return kernels::gemm_packed(a, a_stride, w, rows, k, n, c, c_stride, {.bias = bias});
    using Operand = kernels::ReferenceOperand<T>;
    kernels::gemm_reference<T, T>(Operand{a, a_stride}, Operand{w, forward ? k : n, forward}, rows,
                                  k, n, c, c_stride, bias);
  }
  // Of an op with this product by its input `weight`, which is packed once for all steps.
  template <class Op>
  typename Op::Prepared prepared(const Op& op, int weight) const {
    if (packed) return {-1, nullptr, nullptr};
    Op made = op;
    made.product.packed = true;
    return {weight, shared_op(PackWeightOp(forward)), shared_op(made)};
  }
};

// Inputs x, W, and b or scale and shift of each norm → trace [batch, T, trace width · h].
struct RecurrentTraceOp final : PlainOp<RecurrentTraceOp> {
  explicit RecurrentTraceOp(const RecurrentCell& which) : cell(which) {}
  RecurrentCell cell;
  RecurrentProduct product{.forward = true};
  std::string_view name() const override { return "recurrent_trace"; }
  std::string settings() const override { return cell.settings(); }
  Shape shape(const Shapes& in) const override {
    const Size h = in[1].back(), gates = cell.gates() * h;
    bool fits = in[0].rank() == 3 && in[1].rank() == 2 && in[0].back() == gates &&
                in[1][0] == gates && (cell.normed() || in[2].back() == gates);
    for (std::size_t i = 0; i < cell.norm_count(); ++i)
      for (const std::size_t of : {2 + 2 * i, 3 + 2 * i})
        fits = fits && in.at(of) == Shape{cell.norm_width(i) * h};
    if (!fits)
      fail("recurrent: gates of shape {} do not fit a weight of shape {}", in[0].text(),
           in[1].text());
    return {in[0][0], in[0][1], cell.trace_width() * h};
  }
  double flops(const Shapes& in, const Shape&) const override {
    return 2.0 * double(in[0].count()) * double(in[1].back());
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size h = c.channels(1), gates = c.channels(0), keeps = c.shape->back();
    const Size steps = (*c.shape)[1], rows = c.end - c.begin;
    const RecurrentStrides by{.x = steps * gates, .now = steps * keeps, .dy = 0, .d = 0};
    const RecurrentNorms<T> norms(cell, h, rows, by);
    const T* bias = cell.normed() ? nullptr : c.in[2];
    const Size product_at = cell.normed() ? cell.kept() * h : 0;
    const T* x = c.batch(0);
    T* now = c.out + c.first();
    const T* before = nullptr;
    for (Size t = 0; t < steps; ++t, x += gates, before = now, now += keeps) {
      if (before)
        product(before + cell.hidden() * h, by.now, c.in[1], bias, rows, h, gates, now + product_at,
                by.now);
      for (Size r = 0; !before && r < rows; ++r) {
        T* row = now + product_at + r * by.now;
        bias ? std::copy_n(bias, gates, row) : std::fill_n(row, gates, T(0));
      }
      if (cell.normed()) norms.gates(now, {{{c.in[2], c.in[3]}, {c.in[4], c.in[5]}}});
      if (cell.kind == Recurrent::lstm)
        lstm_forward(x, before, now, rows, h, by);
      else if (cell.kind == Recurrent::gru)
        gru_forward(x, before, now, rows, h, by);
      else
        rnn_forward(x, now, rows, h, by, cell.kind == Recurrent::rnn_relu);
      if (cell.norms_its_memory()) norms.memory(now, {c.in[4], c.in[5]});
    }
  }
  Prepared prepared(const Shapes&) const override { return product.prepared(*this, 1); }
};

// Inputs trace, dy, W, and scale and shift of each norm → what the gates get, [batch, T, gradient
// width · h]. dy is of all steps or of the last.
struct RecurrentBackwardOp final : PlainOp<RecurrentBackwardOp> {
  explicit RecurrentBackwardOp(const RecurrentCell& which) : cell(which) {}
  RecurrentCell cell;
  RecurrentProduct product{.forward = false};
  std::string_view name() const override { return "recurrent_backward"; }
  std::string settings() const override { return cell.settings(); }
  Shape shape(const Shapes& in) const override {
    return {in[0][0], in[0][1], cell.gradient_width() * in[2].back()};
  }
  double flops(const Shapes& in, const Shape& out) const override {
    return 2.0 * double(out.count()) * double(in[2].back());
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    const Size h = c.channels(2), gives = c.shape->back(), keeps = c.channels(0);
    const Size steps = (*c.shape)[1], rows = c.end - c.begin;
    const bool of_all = c.shapes[1]->rank() == 3;
    const RecurrentStrides by{
        .x = 0, .now = steps * keeps, .dy = of_all ? steps * h : h, .d = steps * gives};
    const RecurrentNorms<T> norms(cell, h, rows, by);
    const Size product_at = cell.normed() ? cell.given() * h : 0;
    for (Size t = steps - 1; t >= 0; --t) {
      const bool is_last = t == steps - 1;
      const T* now = c.batch(0) + t * keeps;
      const T* before = t > 0 ? now - keeps : nullptr;
      const T* dy = of_all ? c.batch(1) + t * h : is_last ? c.batch(1) : nullptr;
      T* d = c.out + c.first() + t * gives;
      T* older = t > 0 ? d - gives : nullptr;  // till its own turn it holds what is carried to it
      T* carried = t > 0 ? older + h : nullptr;
      if (cell.norms_its_memory()) {
        norms.memory_backward(now, dy, d, is_last, {c.in[5], c.in[6]});
        lstm_backward(now, before, static_cast<const T*>(nullptr), d, carried, false, rows, h, by);
        norms.gate_backward(d);
      } else if (cell.kind == Recurrent::lstm) {
        lstm_backward(now, before, dy, d, carried, is_last, rows, h, by);
      } else if (cell.kind == Recurrent::gru) {
        gru_backward(now, before, dy, d, carried, is_last, rows, h, by);
      } else {
        rnn_backward(now, dy, d, is_last, rows, h, by, cell.kind == Recurrent::rnn_relu);
      }
      if (cell.normed()) norms.gates_backward(now, d, {c.in[3], c.in[5]});
      const T* no_bias = nullptr;
      if (older)
        product(d + product_at, by.d, c.in[2], no_bias, rows, cell.gates() * h, h, older, by.d);
    }
  }
  Prepared prepared(const Shapes&) const override { return product.prepared(*this, 2); }
};

// h of all steps, of the last one, or of the step before each (nothing before the first).
enum class Steps { all, last, before };

struct RecurrentStepsOp final : PlainOp<RecurrentStepsOp> {
  RecurrentStepsOp(const RecurrentCell& which, Steps of) : cell(which), wanted(of) {}
  RecurrentCell cell;
  Steps wanted;
  std::string_view name() const override { return "recurrent_steps"; }
  std::string settings() const override { return formatted("{} {}", cell.settings(), int(wanted)); }
  Shape shape(const Shapes& in) const override {
    const Size h = in[0].back() / cell.trace_width();
    return wanted == Steps::last ? Shape{in[0][0], h} : Shape{in[0][0], in[0][1], h};
  }
  template <class T>
  void work(const Call<T>& c) const {
    const Size h = c.shape->back(), keeps = c.channels(0), steps = (*c.shapes[0])[1];
    const T* trace = c.batch(0) + cell.hidden() * h;
    T* y = c.out + c.first();
    for (Size r = 0; r < c.end - c.begin; ++r, trace += steps * keeps, y += c.item) {
      if (wanted == Steps::last) std::copy_n(trace + (steps - 1) * keeps, h, y);
      if (wanted == Steps::before) std::fill_n(y, h, T(0));
      const Size later = wanted == Steps::before ? 1 : 0;
      for (Size t = later; wanted != Steps::last && t < steps; ++t)
        std::copy_n(trace + (t - later) * keeps, h, y + t * h);
    }
  }
  // Inputs trace and what it was made of. The gradient goes straight to those: that of a trace,
  // mostly zeros, is never made.
  Values gradient(const Values& in, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    const Value trace = in[0], w = in[2];
    const Size h = w.shape().back(), gates = cell.gates() * h;
    Values of{trace, dy, w};
    if (cell.normed()) of.insert(of.end(), in.begin() + 3, in.end());
    const Value d = graph.add(RecurrentBackwardOp(cell), of);
    const Value older = graph.add(RecurrentStepsOp(cell, Steps::before), {trace});
    const bool apart = cell.kind == Recurrent::gru;  // one gate gets another gradient from x
    const Value to_gates = apart || cell.normed() ? slice(d, 0, gates) : d;
    const Value to_x = apart ? concat({slice(d, 0, 2 * h), slice(d, 3 * h, h)}) : to_gates;
    if (!cell.normed())
      return {{}, to_x, dense_weight_gradient(to_gates, older), sum_rows(to_gates)};
    const Value to_product = slice(d, cell.given() * h, gates);
    Values slopes{{}, to_x, dense_weight_gradient(to_product, older)};
    const auto add_norm = [&](Size x_at, Size d_at, Size width) {
      const auto of_norm = recurrent_norm_gradients(slice(trace, x_at * h, width * h),
                                                    slice(d, d_at * h, width * h), cell.eps);
      slopes.insert(slopes.end(), of_norm.begin(), of_norm.end());
    };
    for (std::size_t i = 0; i < cell.block_count(); ++i) {
      const auto [begin, width] = cell.blocks()[i];
      add_norm(cell.kept() + begin, begin, width);
    }
    if (cell.norms_its_memory()) add_norm(4, 8, 1);  // c, and what it gets by its norm
    return slopes;
  }
};

// Inputs of the trace: x, W and b; or x, W and scale and shift of each norm. `all`: every step,
// otherwise the last alone.
inline Value recurrent(const RecurrentCell& cell, Values inputs, bool all) {
  Graph& graph = *inputs.front().graph;
  inputs.insert(inputs.begin(), graph.add(RecurrentTraceOp(cell), inputs));
  return graph.add(RecurrentStepsOp(cell, all ? Steps::all : Steps::last), inputs);
}

}  // namespace goodfit
