// Cross entropy of logits, for each sample: L = Σ_c q_c (log Σ_j e^{x_j} − x_c)
//
//   q = (1 − s) one_hot(target) + s / C         s: label smoothing         dx = dL (softmax(x) − q)
//
// x: [batch, …, C]   target: [batch, …, 1], the index of the class   L: [batch, …, 1]
// Stable for logits of any size. Source: Szegedy et al. 2016, arXiv:1512.00567, section 7
// (smoothing).
#pragma once
#include "goodfit/base/error.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/kernels/softmax/softmax.hpp"
#include "goodfit/compute/kernels/softmax/softmax_reference.hpp"

namespace goodfit {

// What the loss and its gradient share, [batch, …, C + 2]: e^{x_c − max x}, then max x, then the
// sum of those.
struct SoftmaxTermsOp final : PlainOp<SoftmaxTermsOp> {
  std::string_view name() const override { return "softmax_terms"; }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0];
    out[out.rank() - 1] = kernels::softmax_terms_floats(out.back());
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    softmax_terms(c.batch(0), c.out + c.first(), c.vectors(0), c.channels(0));
  }
};

// Inputs terms, target, dL.
struct CrossEntropyBackwardOp final : PlainOp<CrossEntropyBackwardOp> {
  explicit CrossEntropyBackwardOp(double label_smoothing) : smoothing(label_smoothing) {}
  double smoothing;
  std::string_view name() const override { return "cross_entropy_backward"; }
  std::string settings() const override { return formatted("smoothing={}", smoothing); }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0];
    out[out.rank() - 1] -= kernels::softmax_terms_floats(0);
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    cross_entropy_backward(c.batch(0), c.batch(1), c.batch(2), T(smoothing), c.out + c.first(),
                           c.vectors(0), c.shape->back());
  }
};

// Inputs x, target, terms. The gradient of x is all of it: none goes through the terms.
struct CrossEntropyOp final : PlainOp<CrossEntropyOp> {
  explicit CrossEntropyOp(double label_smoothing) : smoothing(label_smoothing) {}
  double smoothing;
  std::string_view name() const override { return "cross_entropy"; }
  std::string settings() const override { return formatted("smoothing={}", smoothing); }
  Shape shape(const Shapes& in) const override {
    Shape out = in[0];
    out[out.rank() - 1] = 1;
    if (in[1] != out)
      fail("cross_entropy: targets of shape {} do not fit logits of shape {}", in[1].text(),
           in[0].text());
    return out;
  }
  template <class T>
  void work(const Call<T>& c) const {
    using namespace kernels;
    using namespace kernels::reference;
    cross_entropy(c.batch(0), c.batch(1), c.batch(2), T(smoothing), c.out + c.first(), c.vectors(0),
                  c.channels(0));
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(CrossEntropyBackwardOp(smoothing), {in[2], in[1], d}), {}, {}};
  }
};

inline Value cross_entropy(Value logits, Value target, double smoothing = 0) {
  const Value terms = logits.graph->add(SoftmaxTermsOp(), {logits});
  return logits.graph->add(CrossEntropyOp(smoothing), {logits, target, terms});
}

}  // namespace goodfit
