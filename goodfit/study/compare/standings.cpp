#include "goodfit/study/compare/standings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

void summarize(Standing& standing) {
  std::vector<double> scores, tests;
  standing.failed = 0;
  standing.epochs = standing.seconds = 0;
  for (const Trial& trial : standing.trials) {
    standing.failed += trial.failed.has_value();
    if (!trial.failed) scores.push_back(trial.score);
    if (trial.test) tests.push_back(*trial.test);
    standing.epochs += double(trial.epochs) / double(standing.trials.size());
    standing.seconds += trial.seconds / double(standing.trials.size());
  }
  standing.score = mean_of(scores);
  standing.test = mean_of(tests);
}

std::string cell(double value) { return std::isfinite(value) ? number_text(value) : ""; }

}  // namespace

void rank(Comparison& comparison) {
  std::vector<Standing>& all = comparison.standings;
  for (Standing& standing : all) summarize(standing);
  const double sign = comparison.higher_is_better ? -1 : 1;
  const auto place = [&](const Standing& is) {
    const double score = std::isnan(is.score.value) ? INFINITY : sign * is.score.value;
    return std::tuple(is.failed, -is.round, score);
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const auto& a, const auto& b) { return place(a) < place(b); });
  std::vector<std::vector<double>> scores;
  for (Standing& standing : all) {
    standing.p.reset();
    if (standing.failed > 0 || standing.round != all.front().round) continue;
    scores.emplace_back();
    for (const Trial& trial : standing.trials) scores.back().push_back(trial.score);
  }
  if (comparison.seeds < 2 || scores.empty()) return;
  const std::vector<double> p = against(0, scores);
  for (std::size_t i = 1; i < p.size(); ++i) all[i].p = p[i];
}

std::string csv_of(const Comparison& comparison) {
  const std::string& by = comparison.by;
  std::string text = fmt::format(
      "rank,variant,folder,{0},{0}_interval,p,test_{0},test_{0}_interval,epochs,seconds,failed",
      by);
  for (Size seed = 1; seed <= comparison.seeds; ++seed) text += fmt::format(",seed_{}", seed);
  text += "\n";
  for (std::size_t i = 0; i < comparison.standings.size(); ++i) {
    const Standing& is = comparison.standings[i];
    text += fmt::format("{},{},{},{},{},{},{},{},{},{:.3f},{}", i + 1, csv_field(is.variant.name),
                        csv_field(is.folder.string()), cell(is.score.value), cell(is.score.error),
                        is.p ? cell(*is.p) : "", cell(is.test.value), cell(is.test.error),
                        cell(is.epochs), is.seconds, is.failed);
    for (const Trial& trial : is.trials) text += "," + cell(trial.score);
    text += "\n";
  }
  return text;
}

}  // namespace goodfit
