// Ece: expected calibration error; how far confidence is from being right.
//
//   confidence = largest probability;  bin m of M holds (m − 1) / M < confidence ≤ m / M
//   ece = Σ_m  samples in m / all · |share that is right − mean confidence|
//
// 0: of the samples said with 80 %, 80 % are right. It says nothing of how many are right, and
// depends on the number of bins and, for few samples, on chance.
// Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", arXiv:1706.04599, eq. 3.
#pragma once
#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct Ece {
  Size bins = 15;

  static constexpr Card card{"ece", "How far confidence is from the share that is right."};
  static constexpr auto fields() {
    return Fields{field("bins", &Ece::bins, within(1, 10000), "M, of equal width")};
  }
  static constexpr bool higher_is_better = false;
  static constexpr bool of_probabilities = true;

  struct Bin {
    double confidence = 0;
    Size right = 0;
  };
  struct State {
    std::vector<Bin> bins;
    Size rows = 0;
    bool broken = false;  // an output was not a number
  };

  // Throws Error unless there is one target per sample.
  void add(State& state, const Outcome& outcome) const {
    check_classes(card.key, outcome);
    state.bins.resize(std::size_t(bins));
    for (Size i = 0; i < outcome.rows; ++i) {
      const ClassRow row(outcome, i);
      const Size found = row.found();
      ++state.rows;
      if (found < 0) {
        state.broken = true;
        continue;
      }
      const double confidence = ClassOdds(row).probability(found);
      const Size bin = std::max<Size>(1, Size(std::ceil(confidence * double(bins))));
      Bin& of = state.bins[std::size_t(std::min(bin, bins) - 1)];
      of.confidence += confidence;
      of.right += found == row.target;
    }
  }

  // NaN before the first row, and when an output was not a number.
  double value(const State& state) const {
    if (state.rows == 0 || state.broken) return std::nan("");
    double sum = 0;
    for (const Bin& bin : state.bins) sum += std::abs(double(bin.right) - bin.confidence);
    return sum / double(state.rows);
  }
};

}  // namespace goodfit
