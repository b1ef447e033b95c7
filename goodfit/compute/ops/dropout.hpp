// Dropout: y = x / (1 − p) where the unit is kept, else 0; the gradient goes the same way.
//
// The mask is not stored: it is a function of (seed, stream, step, sample, unit), made again for
// the gradient. Source: Srivastava et al. 2014, JMLR 15; inverted form as in PyTorch.
#pragma once
#include <fmt/core.h>

#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/random/random.hpp"
#include "goodfit/compute/kernels/random/random_reference.hpp"

namespace goodfit {

struct DropoutOp final : PlainOp<DropoutOp> {
  DropoutOp(double probability, std::uint32_t own_stream) : p(probability), stream(own_stream) {}
  double p;              // probability to drop
  std::uint32_t stream;  // of random numbers, its own for every layer
  std::string_view name() const override { return "dropout"; }
  std::string settings() const override { return fmt::format("p={} stream={}", p, stream); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  bool may_overwrite(int) const override { return true; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    dropout(c.in[0] + c.first(), c.out + c.first(), p, MaskKey{c.seed, stream, c.step}, c.begin,
            c.end - c.begin, c.item);
  }
  Values gradient(const Values&, Value, Value dy) const override {
    return {dy.graph->add(*this, {dy})};
  }
};

inline Value dropout(Value x, double p, std::uint32_t stream) {
  return x.graph->add(DropoutOp(p, stream), {x});
}

}  // namespace goodfit
