// Add: y = a + b, of one shape. It lives here because the chain rule sums the paths to a value with
// it.
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise.hpp"

namespace goodfit {

struct Add final : Op {
  std::string_view name() const override { return "add"; }
  Shape shape(const Shapes& in) const override {
    if (in[0] != in[1]) fail("add: shapes {} and {} differ", in[0].text(), in[1].text());
    return in[0];
  }
  bool may_overwrite(int) const override { return true; }
  void run(const Call<float>& c) const override {
    kernels::add(c.in[0] + c.first(), c.in[1] + c.first(), c.out + c.first(), c.count());
  }
  void reference(const Call<double>& c) const override {
    for (Size i = c.first(); i < c.first() + c.count(); ++i) c.out[i] = c.in[0][i] + c.in[1][i];
  }
  Values gradient(const Values&, Value, Value d) const override { return {d, d}; }
};

inline Value add(Value a, Value b) { return a.graph->add(Add{}, {a, b}); }

}  // namespace goodfit
