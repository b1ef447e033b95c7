// Squared error of each sample: L = 1/C Σ_c (x_c − t_c)²         dx = dL · 2 (x − t) / C
//
// x, t: [batch, …, C]   L: [batch, …, 1]
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/squared_error/squared_error.hpp"
#include "goodfit/compute/kernels/squared_error/squared_error_reference.hpp"

namespace goodfit {

// Inputs x, t, dL.
struct SquaredErrorBackwardOp final : PlainOp<SquaredErrorBackwardOp> {
  std::string_view name() const override { return "squared_error_backward"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    squared_error_backward(c.batch(0), c.batch(1), c.batch(2), c.out + c.first(), c.vectors(0),
                           c.channels(0));
  }
};

struct SquaredErrorOp final : PlainOp<SquaredErrorOp> {
  std::string_view name() const override { return "squared_error"; }
  Shape shape(const Shapes& in) const override {
    if (in[0] != in[1])
      fail("mse: targets of shape {} do not fit outputs of shape {}", in[1].text(), in[0].text());
    Shape out = in[0];
    out[out.rank() - 1] = 1;
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    squared_error(c.batch(0), c.batch(1), c.out + c.first(), c.vectors(0), c.channels(0));
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(SquaredErrorBackwardOp{}, {in[0], in[1], d}), {}};
  }
};

inline Value squared_error(Value x, Value target) {
  return x.graph->add(SquaredErrorOp{}, {x, target});
}

}  // namespace goodfit
