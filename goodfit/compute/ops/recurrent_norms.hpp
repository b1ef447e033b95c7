// Recurrent norms: layer norms inside of a recurrent cell, for the samples of one step.
//
//   a = γ x̂ + β, x̂ of the product W h', instead of W h' + b        lstm: h = o tanh(γ ĉ + β)
//
// Statistics are taken of each sample and step alone, over a block of gates; c goes on as it is. In
// the first step h' = 0, so that a = β. Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450,
// supplementary material.
#pragma once
#include "goodfit/compute/kernels/elementwise/elementwise.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise_reference.hpp"
#include "goodfit/compute/kernels/recurrent/recurrent.hpp"
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/compute/ops/recurrent_cell.hpp"

namespace goodfit {

template <class T>
class RecurrentNorms {
 public:
  RecurrentNorms(const RecurrentCell& cell, Size h, Size rows, const kernels::RecurrentStrides& by)
      : cell_(cell), h_(h), rows_(rows), by_(by) {}

  struct Affine {
    const T *scale, *shift;
  };

  // From the product behind the gates to the gates.
  void gates(T* now, const std::array<Affine, 2>& affine) const {
    for (Size r = 0; r < rows_; ++r, now += by_.now)
      each_block([&](std::size_t i, Size begin, Size width) {
        norm(width, now + cell_.kept() * h_ + begin, affine[i], now + begin);
      });
  }
  void gates_backward(const T* now, T* d, const std::array<const T*, 2>& scale) const {
    for (Size r = 0; r < rows_; ++r, now += by_.now, d += by_.d)
      each_block([&](std::size_t i, Size begin, Size width) {
        norm_backward(width, now + cell_.kept() * h_ + begin, scale[i], d + begin,
                      d + cell_.given() * h_ + begin);
      });
  }

  // h of an lstm, from its c and o.
  void memory(T* now, const Affine& affine) const {
    using namespace kernels;
    using namespace kernels::reference;
    for (Size r = 0; r < rows_; ++r, now += by_.now) {
      T* y = now + 5 * h_;
      norm(h_, now + 4 * h_, affine, y);
      tanh_forward(y, y, h_);
      multiply(y, now + 3 * h_, y, h_);
    }
  }
  // Before the kernel's way back: what h gets is taken through o and the norm, so that the kernel
  // finds it all in c. What o gets is left in the product's place, till `gate_backward` takes it.
  void memory_backward(const T* now, const T* dy, T* d, bool is_last, const Affine& affine) const {
    using namespace kernels;
    using namespace kernels::reference;
    for (Size r = 0; r < rows_; ++r, now += by_.now, dy += dy ? by_.dy : 0, d += by_.d) {
      const T *o = now + 3 * h_, *c = now + 4 * h_;
      T *y = d + 4 * h_, *dh = y + h_, *d_o = y + 2 * h_, *dc = y + 3 * h_, *d_norm = d + 8 * h_;
      if (is_last) std::fill_n(d, 2 * h_, T(0));
      norm(h_, c, affine, y);
      tanh_forward(y, y, h_);
      std::copy_n(d, h_, dh);
      if (dy) add(dh, dy, dh, h_);
      multiply(dh, y, d_o, h_);
      sigmoid_backward(o, d_o, d_o, h_);
      multiply(dh, o, d_norm, h_);
      tanh_backward(y, d_norm, d_norm, h_);
      norm_backward(h_, c, affine.scale, d_norm, dc);
      add(d + h_, dc, d + h_, h_);
      std::fill_n(d, h_, T(0));
    }
  }
  void gate_backward(T* d) const {
    for (Size r = 0; r < rows_; ++r, d += by_.d) std::copy_n(d + 6 * h_, h_, d + 3 * h_);
  }

 private:
  template <class Visit>
  void each_block(const Visit& visit) const {
    for (std::size_t i = 0; i < cell_.block_count(); ++i)
      visit(i, cell_.blocks()[i].begin * h_, cell_.blocks()[i].width * h_);
  }
  kernels::Grouping grouping(Size width) const { return {1, width, 1, cell_.eps, true}; }
  void norm(Size width, const T* x, const Affine& affine, T* y) const {
    using namespace kernels;
    using namespace kernels::reference;
    std::array<T, 3> statistics;
    group_statistics(grouping(width), x, statistics.data(), 1);
    group_norm(grouping(width), x, statistics.data(), affine.scale, affine.shift, y, 1, false);
  }
  void norm_backward(Size width, const T* x, const T* scale, const T* dy, T* dx) const {
    using namespace kernels;
    using namespace kernels::reference;
    std::array<T, 3> statistics;
    group_statistics(grouping(width), x, statistics.data(), 1);
    group_norm_backward(grouping(width), x, statistics.data(), scale, dy, dx, 1);
  }

  RecurrentCell cell_;
  Size h_, rows_;
  kernels::RecurrentStrides by_;
};

// A norm of a value as it was made inside of a cell: its statistics, and dγ and dβ.
inline std::array<Value, 2> recurrent_norm_gradients(Value x, Value dy, double eps) {
  const Norming how{.eps = eps, .each_position = true};
  return group_norm_parameter_gradients(how, x, x.graph->add(GroupStatisticsOp(how), {x}), dy);
}

}  // namespace goodfit
