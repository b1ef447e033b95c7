// Intervals: how far chance alone may have moved the scores, and whether a model that tells its
// noise tells it well.
//
// Scores: the samples are drawn again with replacement, and a score of each such set is taken; the
// middle 95 % of them are the interval. It holds for other samples of the same kind, not for
// another seed of the training. Noise: for each level, the share of targets inside the interval
// that should hold as many. Source: Efron 1979, "Bootstrap methods: another look at the jackknife",
// Ann. Statist. 7, section 2.
#pragma once
#include <fmt/core.h>

#include "goodfit/base/random.hpp"
#include "goodfit/parts/metrics/coverage.hpp"
#include "goodfit/parts/metrics/names.hpp"
#include "goodfit/study/report/panel.hpp"
#include "goodfit/train/trainer/network.hpp"

namespace goodfit {

struct IntervalsPanel {
  static constexpr Card card{"intervals", "How far chance may have moved the scores."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Uncertainty", runs, [](const RunView& run) -> std::optional<Panel> {
      const RunView::Judged* judged = run.judged();
      if (!judged || judged->rows * judged->width > most_numbers) return std::nullopt;
      const std::vector<Metric> metrics =
          metrics_of(run.recipe(), run.run().signature().target_width);
      if (metrics.empty()) return std::nullopt;
      Listing table{{"metric", "score", "95 % interval"}};
      const std::vector<std::string> names = names_of(metrics);
      for (std::size_t i = 0; i < metrics.size(); ++i) {
        const auto [low, high] = interval(metrics[i], *judged);
        table.rows.push_back({names[i], figure(value(metrics[i], judged->outcome())),
                              figure(low) + " … " + figure(high)});
      }
      Panel panel{
          "",
          fmt::format("On {} {} samples. Two runs whose intervals overlap much are not told "
                      "apart by them.",
                      judged->samples.count(), judged->split),
          {content(table)}};
      if (!judged->deviations.empty()) panel.shown.push_back(content(coverage(*judged)));
      return panel;
    });
  }

 private:
  static constexpr Size most_numbers = 4'000'000;
  static constexpr int sets = 200;

  static double value(const Metric& metric, const Outcome& outcome) {
    const std::unique_ptr<Meter> meter = metric.meter();
    meter->add(outcome);
    return meter->value();
  }

  static std::pair<double, double> interval(const Metric& metric, const RunView::Judged& judged) {
    Random random(1, stream_of("bootstrap"));
    const Size count = judged.samples.count(), places = judged.rows / count;
    std::vector<double> values;
    RunView::Judged drawn = judged;
    for (int set = 0; set < sets; ++set) {
      for (Size i = 0; i < count; ++i) {
        const Size from = random.below(count);
        const auto copy = [&](const std::vector<float>& of, std::vector<float>& to) {
          const auto width = Size(of.size()) / count;
          std::copy_n(of.begin() + from * width, width, to.begin() + i * width);
        };
        copy(judged.outputs, drawn.outputs);
        copy(judged.targets, drawn.targets);
        copy(judged.deviations, drawn.deviations);
      }
      must(drawn.rows == count * places, "samples have equally many places");
      values.push_back(value(metric, drawn.outcome()));
    }
    std::sort(values.begin(), values.end());
    return {values[std::size_t(sets * 25 / 1000)], values[std::size_t(sets * 975 / 1000)]};
  }

  static Chart coverage(const RunView::Judged& judged) {
    Chart chart{.title = "Targets inside the interval that should hold as many",
                .x = {"level"},
                .y = {"share of targets inside"}};
    Line line{"this model", {}, 0, Look::marked};
    for (const double level : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99})
      line.points.emplace_back(level, value(Coverage{.level = level}, judged.outcome()));
    chart.lines = {line, {"as told", {{0, 0}, {1, 1}}, 7, Look::dashed}};
    return chart;
  }
};

}  // namespace goodfit
