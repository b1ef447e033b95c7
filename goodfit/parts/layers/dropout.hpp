// Dropout: y = x / (1 − p) with probability 1 − p, else 0, for each unit and sample.
//
//   scale = "train"      as above; evaluation does nothing. The one to take.
//   scale = "predict"    y = x or 0 in training, and y = (1 − p) x in evaluation: dropout as it was
//                        first written. Not recommended: prediction must know of it.
//
// Both predict alike in expectation. Active in training and in sampling, where many passes give a
// distribution and from it intervals. Against overfitting and co-adaptation of units. p is the
// probability to drop, as in PyTorch. Source: Srivastava et al. 2014, JMLR 15, section 4; Gal &
// Ghahramani 2016, arXiv:1506.02142 (sampling).
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct ShrinkCurve {
  double factor;
  static constexpr std::string_view name = "shrink";
  std::string settings() const { return formatted("{}", factor); }
  template <class T>
  T value(T x) const {
    return T(factor) * x;
  }
  template <class T>
  T slope(T) const {
    return T(factor);
  }
};

struct Dropout {
  double p = 0.5;
  std::string scale = "train";

  static constexpr Card card{"dropout", "Drops units at random, in training and in sampling."};
  static constexpr auto fields() {
    return Fields{
        field("p", &Dropout::p, share, "probability to drop a unit"),
        field("scale", &Dropout::scale, Choices{"train", "predict"},
              "when the others are scaled: in training, or at prediction (not recommended)"),
    };
  }

  Value build(Net& net, Value x) const {
    if (p == 0) return x;
    const bool vanilla = scale == "predict";
    if (net.mode() != Mode::evaluate)
      return goodfit::dropout(x, {.p = p, .factor = vanilla ? 1 : 1 / (1 - p)}, net.stream());
    return vanilla ? pointwise(x, ShrinkCurve{1 - p}) : x;
  }
};

}  // namespace goodfit
