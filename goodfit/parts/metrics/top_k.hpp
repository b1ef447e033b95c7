// TopK: the share of samples whose class is among the k largest outputs.
//
//   right when fewer than k outputs are before the target's: larger, or as large and earlier
//
// For many classes, of which several may be meant. top_k with k = 1 is accuracy.
#pragma once
#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct TopK {
  Size k = 5;

  static constexpr Card card{"top_k", "Share of samples whose class is among the k likeliest."};
  static constexpr auto fields() {
    return Fields{field("k", &TopK::k, at_least(1), "how many classes may be named")};
  }
  static constexpr bool higher_is_better = true;

  using State = MeanState;

  // Throws Error unless there is one target per sample and k leaves something to miss.
  void add(State& state, const Outcome& outcome) const {
    check_classes(card.key, outcome);
    if (k >= classes_of(outcome))
      fail("top_k.k = {} is not allowed for {} classes: every sample would be right", k,
           classes_of(outcome));
    for (Size i = 0; i < outcome.rows; ++i) state.add(among(ClassRow(outcome, i)));
  }

  // NaN before the first row.
  double value(const State& state) const { return state.mean(); }

 private:
  bool among(const ClassRow& row) const {
    if (row.width == 1) return row.target >= 0 && row.found() == row.target;
    if (row.target < 0 || row.found() < 0) return false;
    const float wanted = row.outputs[row.target];
    Size before = 0;
    for (Size j = 0; j < row.width; ++j)
      before += j < row.target ? row.outputs[j] >= wanted : row.outputs[j] > wanted;
    return before < k;
  }
};

}  // namespace goodfit
