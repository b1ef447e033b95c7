// Add sample: y[n, …] = x[n, …] + p[…], the same numbers to every sample.      dx = dy,  dp = Σ dy
//
//   x, y: [batch, …]   p: [… of a sample]
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/compute/ops/sum_rows.hpp"

namespace goodfit {

struct AddSampleOp final : PlainOp<AddSampleOp> {
  std::string_view name() const override { return "add_sample"; }
  Shape shape(const Shapes& in) const override {
    if (in[0].without_first() != in[1])
      fail("add_sample: numbers of shape {} do not fit {}", in[1].text(), in[0].text());
    return in[0];
  }
  bool may_overwrite(int input) const override { return input == 0; }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    add_row(c.batch(0), c.in[1], c.out + c.first(), c.end - c.begin, c.item);
  }
  Values gradient(const Values&, Value, Value dy) const override {
    Graph& graph = *dy.graph;
    return {dy, graph.add(MergeSumsOp{}, {graph.add(SampleSumsOp(graph.shards()), {dy})})};
  }
};

inline Value add_sample(Value x, Value p) { return x.graph->add(AddSampleOp{}, {x, p}); }

}  // namespace goodfit
