// Classes: what metrics of classes share; how outputs are read as a class or as probabilities.
//
//   width > 1   logits of as many classes: the largest is the class, p = softmax
//   width = 1   one logit x of two classes: 1 when x > 0, else 0;  p = (σ(−x), σ(x))
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/parts/metrics/metric.hpp"

namespace goodfit {

inline Size classes_of(const Outcome& outcome) { return outcome.width == 1 ? 2 : outcome.width; }

// Throws Error unless there is one target per sample.
inline void check_classes(std::string_view metric, const Outcome& outcome) {
  if (outcome.target_width != 1)
    fail("{} needs one class per sample, not {} numbers: take mae or rmse", metric,
         outcome.target_width);
}

// The outputs of a row, and the class that is its target.
struct ClassRow {
  ClassRow(const Outcome& outcome, Size row)
      : outputs(outcome.outputs.data() + row * outcome.width),
        width(outcome.width),
        classes(classes_of(outcome)) {
    const float label = outcome.targets[std::size_t(row)];
    if (label >= 0 && label < float(classes) && label == std::floor(label)) target = Size(label);
  }

  // The first one of the largest outputs; −1 when any is not a number.
  Size found() const {
    if (std::any_of(outputs, outputs + width, [](float x) { return std::isnan(x); })) return -1;
    if (width == 1) return outputs[0] > 0 ? 1 : 0;
    return std::max_element(outputs, outputs + width) - outputs;
  }

  const float* outputs;
  Size width, classes;
  Size target = -1;  // −1 when the target is no class
};

// log p_c − log(1 − p_c) of the classes of a row, which tells classes apart that are so nearly
// certain that p cannot. All are NaN when an output is.
class ClassOdds {
 public:
  explicit ClassOdds(const ClassRow& row) : outputs_(row.outputs), width_(row.width) {
    if (width_ == 1) return;
    top_ = std::max_element(outputs_, outputs_ + width_) - outputs_;
    double second = -INFINITY, sum = 0;
    for (Size j = 0; j < width_; ++j)
      if (j != top_) second = std::max(second, double(outputs_[j]));
    for (Size j = 0; j < width_; ++j)
      if (j != top_) sum += std::exp(double(outputs_[j]) - second);
    log_rest_ = second - double(outputs_[top_]) + std::log(sum);
  }

  double log_odds(Size c) const {
    if (width_ == 1) return c == 1 ? double(outputs_[0]) : -double(outputs_[0]);
    if (c == top_) return -log_rest_;
    const double z = double(outputs_[c]) - double(outputs_[top_]);
    return z - std::log1p(std::max(0.0, std::exp(log_rest_) - std::exp(z)));
  }
  double probability(Size c) const { return 1 / (1 + std::exp(-log_odds(c))); }
  // −log p_c = log(1 + e^−odds), of odds of any size.
  double surprise(Size c) const {
    const double odds = log_odds(c);
    return std::log1p(std::exp(-std::abs(odds))) + std::max(-odds, 0.0);
  }

 private:
  const float* outputs_;
  Size width_, top_ = 0;
  double log_rest_ = 0;  // of the sum of the others' e^x, by that of the largest
};

}  // namespace goodfit
