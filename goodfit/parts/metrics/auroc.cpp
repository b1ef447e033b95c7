#include "goodfit/parts/metrics/auroc.hpp"

#include <numeric>

namespace goodfit {
namespace {

// NaN without samples on both sides.
double area(const std::vector<double>& scores, const std::vector<Size>& targets, Size of) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  double ranks = 0;  // of the samples of the class; equal scores share the mean of their ranks
  Size inside = 0;
  for (std::size_t begin = 0, end; begin < order.size(); begin = end) {
    Size here = 0;
    for (end = begin; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end)
      here += targets[order[end]] == of;
    ranks += double(here) * 0.5 * double(begin + 1 + end);
    inside += here;
  }
  const double n = double(inside), m = double(order.size()) - n;
  if (n == 0 || m == 0) return std::nan("");
  return (ranks - n * (n + 1) / 2) / (n * m);
}

}  // namespace

void Auroc::add(State& state, const Outcome& outcome) const {
  check_classes(card.key, outcome);
  const Size classes = classes_of(outcome);
  state.scores.resize(classes == 2 ? 1 : std::size_t(classes));
  for (Size i = 0; i < outcome.rows; ++i) {
    const ClassRow row(outcome, i);
    const ClassOdds odds(row);
    state.targets.push_back(row.target);
    for (std::size_t c = 0; c < state.scores.size(); ++c)
      state.scores[c].push_back(odds.log_odds(classes == 2 ? 1 : Size(c)));
  }
}

double Auroc::value(const State& state) const {
  double sum = 0;
  Size classes = 0;
  for (std::size_t c = 0; c < state.scores.size(); ++c) {
    const std::vector<double>& scores = state.scores[c];
    if (std::any_of(scores.begin(), scores.end(), [](double x) { return std::isnan(x); }))
      return std::nan("");
    const double one = area(scores, state.targets, state.scores.size() == 1 ? 1 : Size(c));
    if (!std::isnan(one)) sum += one, ++classes;
  }
  return classes == 0 ? std::nan("") : sum / double(classes);
}

}  // namespace goodfit
