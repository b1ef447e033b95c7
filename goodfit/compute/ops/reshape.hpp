// Reshape: the same numbers under another shape; no work, the values share their memory.
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct ReshapeOp final : PlainOp<ReshapeOp> {
  explicit ReshapeOp(const Shape& sample) : to(sample) {}
  Shape to;  // of one sample
  std::string_view name() const override { return "reshape"; }
  std::string settings() const override { return to.text(); }
  Shape shape(const Shapes& in) const override {
    if (in[0].row() != to.count())
      fail("reshape: samples of shape {} do not fit into {}", in[0].without_first().text(),
           to.text());
    return to.with_first(in[0].front());
  }
  bool is_view() const override { return true; }
  double flops(const Shapes&, const Shape&) const override { return 0; }
  template <class T>
  void work(const Call<T>&) const {}
  Values gradient(const Values& in, Value, Value dy) const override {
    return {dy.graph->add(ReshapeOp(in[0].shape().without_first()), {dy})};
  }
};

// x: [batch, …] → [batch, sample…].
inline Value reshape(Value x, const Shape& sample) { return x.graph->add(ReshapeOp(sample), {x}); }

}  // namespace goodfit
