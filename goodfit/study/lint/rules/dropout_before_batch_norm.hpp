// DropoutBeforeBatchNorm: a dropout with nothing that has weights between it and a batch_norm.
//
//   in training      D (x / (1 − p) · mask) = (D x + p (E x)²) / (1 − p)     what running_var
//   learns in evaluation    D x                                                     what it is used
//   for
//
// The batch_norm learns the variance of a signal with holes and is given one without: its outputs
// come out too small. Source: Li, Chen, Hu & Yang 2018, "Understanding the Disharmony between
// Dropout and Batch Normalization by Variance Shift", arXiv:1801.05134, section 3.
#pragma once
#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

namespace goodfit {

struct DropoutBeforeBatchNorm {
  static constexpr Card card{"dropout_before_batch_norm",
                             "The variance that a batch_norm learns is another in evaluation."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains)
      for (std::size_t i = 0; i < layers.size(); ++i) {
        if (!layers[i].is({"dropout"}) || layers[i].number("p") == 0) continue;
        for (std::size_t j = i + 1; j < layers.size(); ++j) {
          if (layers[j].is({"batch_norm"}))
            found.push_back({layers[i].place(),
                             fmt::format("the batch_norm at {} learns a variance that evaluation, "
                                         "without dropout, does not have",
                                         layers[j].scope),
                             "put the dropout behind the last batch_norm"});
          if (layers[j].layer.signal() == Signal::weights || normalizes(layers[j])) break;
        }
      }
    return found;
  }
};

}  // namespace goodfit
