// R2: the share of the targets' variance that the outputs explain.
//
//   r2 = 1 − Σ (output − target)² / Σ (target − mean target)²        for each output; their mean
//
// 1: exact. 0: no better than always saying the mean. Below 0: worse. Without a unit, so that
// problems compare; it says more about the spread of the targets than about the size of the errors.
// Targets that never change give 1 when they are met, else 0, as in scikit-learn.
// Sums of squares around a moving mean: Welford 1962, "Note on a Method for Calculating Corrected
// Sums of Squares and Products".
#pragma once
#include "goodfit/parts/metrics/numbers.hpp"

namespace goodfit {

struct R2 {
  static constexpr Card card{"r2", "Share of the targets' variance that is explained."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool higher_is_better = true;

  struct Column {
    double errors = 0, mean = 0, spread = 0;  // Σ e², mean of the targets, Σ (t − mean)²
  };
  struct State {
    std::vector<Column> columns;
    Size rows = 0;
  };

  // Throws Error unless outputs and targets are equally wide.
  void add(State& state, const Outcome& outcome) const {
    check_numbers(card.key, outcome);
    state.columns.resize(std::size_t(outcome.width));
    for (Size row = 0; row < outcome.rows; ++row) {
      ++state.rows;
      for (Size i = 0; i < outcome.width; ++i) {
        const std::size_t at = std::size_t(row * outcome.width + i);
        const double target = double(outcome.targets[at]);
        const double error = double(outcome.outputs[at]) - target;
        Column& column = state.columns[std::size_t(i)];
        const double before = target - column.mean;
        column.errors += error * error;
        column.mean += before / double(state.rows);
        column.spread += before * (target - column.mean);
      }
    }
  }

  // NaN before the first row.
  double value(const State& state) const {
    if (state.rows == 0) return std::nan("");
    double sum = 0;
    for (const Column& column : state.columns)
      sum += column.spread > 0 ? 1 - column.errors / column.spread : double(column.errors == 0);
    return sum / double(state.columns.size());
  }
};

}  // namespace goodfit
