// Accuracy: the share of samples whose class is found.
//
//   width > 1:  class = argmax of the outputs, the first one when several are equal
//   width = 1:  class = 1 when the logit is above 0, else 0
//   accuracy  = right / rows
//
// An output that is not a number is wrong, and so is a target that is no class. On unbalanced
// classes it flatters: always naming the largest class already scores its share.
#pragma once
#include <limits>

#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct Accuracy {
  static constexpr Card card{"accuracy", "Share of samples whose class is found."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = true;

  struct State {
    Size right = 0, rows = 0;
  };

  // Throws Error unless there is one target per sample.
  void add(State& state, const Outcome& outcome) const {
    check_classes(card.key, outcome);
    for (Size row = 0; row < outcome.rows; ++row)
      state.right += found(outcome.outputs.data() + row * outcome.width, outcome.width,
                           outcome.targets[std::size_t(row)]);
    state.rows += outcome.rows;
  }

  // NaN before the first row.
  double value(const State& state) const {
    if (state.rows == 0) return std::numeric_limits<double>::quiet_NaN();
    return double(state.right) / double(state.rows);
  }

 private:
  static bool found(const float* outputs, Size width, float target) {
    if (width == 1) return target > 0.5f ? outputs[0] > 0 : outputs[0] <= 0;
    if (!(target >= 0 && target < float(width))) return false;
    const Size wanted = Size(target);
    for (Size i = 0; i < width; ++i)
      if (i < wanted ? !(outputs[wanted] > outputs[i]) : !(outputs[wanted] >= outputs[i]))
        return false;
    return true;
  }
};

}  // namespace goodfit
