// Coverage: whether the spread of many passes with dropout may be believed.
//
//   for each level, the share of targets where 100 passes expect as many
//
// On the diagonal the spread is as wide as it must be; below it the model is too sure. Of classes
// it also tells what is gained by leaving the least certain samples, those with the largest
// entropy, to somebody else. Source: levels.hpp; for the second curve Geifman & El-Yaniv 2017,
// "Selective Classification for Deep Neural Networks", arXiv:1705.08500.
#pragma once
#include <fmt/core.h>

#include "goodfit/study/report/panel.hpp"
#include "goodfit/study/uncertainty/levels.hpp"

namespace goodfit {

struct CoveragePanel {
  static constexpr Card card{"coverage", "Targets inside what passes with dropout expect."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Coverage", runs, [](const RunView& run) -> std::optional<Panel> {
      const Meaning meaning = run.recipe().loss.meaning();
      if (meaning == Meaning::scores || meaning == Meaning::distribution) return std::nullopt;
      if (!run.run().draws() || !run.judged()) return std::nullopt;
      if (has_classes(meaning) && !run.tells_classes()) return std::nullopt;
      const Levels levels = levels_of(run, meaning);
      const bool classes = has_classes(meaning);
      Panel panel{"", reading(levels, meaning), {content(chart(levels))}};
      if (classes) panel.shown.push_back(content(kept(levels)));
      panel.shown.push_back(content(table(levels, classes)));
      return panel;
    });
  }

 private:
  static constexpr Size passes = 100, most_samples = 500, most_numbers = 10'000'000;

  // Samples spread over all, as those of one class may lie together.
  static Levels levels_of(const RunView& run, Meaning meaning) {
    const RunView::Judged& judged = *run.judged();
    const Size all = judged.samples.count(), places = judged.rows / all;
    const Size width = run.run().signature().outputs, each = passes * places * width;
    const Size count = std::clamp(most_numbers / each, Size{1}, std::min(all, most_samples));
    Portion some{judged.samples.samples, {}};
    for (Size i = 0; i < count; ++i)
      some.rows.push_back(judged.samples.rows[std::size_t(i * all / count)]);
    const Samples samples = some.copy();
    Levels levels;
    run.run().each_sampled(samples, passes, 0, [&](Size begin, Size rows, ConstSpan outputs) {
      const auto targets = ConstSpan(samples.targets)
                               .subspan(std::size_t(begin * samples.target_width),
                                        std::size_t(rows * samples.target_width));
      levels.add(outputs, passes, targets, width, meaning);
    });
    return levels;
  }

  static Chart chart(const Levels& levels) {
    Chart chart{.title = "Targets inside what should hold as many",
                .x = {"level"},
                .y = {"share of targets inside"}};
    Line line{"this model", {}, 0, Look::marked};
    for (const Levels::At& at : levels.all) line.points.emplace_back(at.level, levels.inside(at));
    chart.lines = {line, {"as told", {{0.5, 0.5}, {1, 1}}, 7, Look::dashed}};
    return chart;
  }
  static Chart kept(const Levels& levels) {
    return {.title = "Right when the least certain are left out",
            .x = {"share of samples kept"},
            .y = {"share that is right"},
            .lines = {{"this model", levels.right_by_share(50), 0}}};
  }
  static Listing table(const Levels& levels, bool classes) {
    Listing table{{"level", "inside", classes ? "mean classes in the set" : "mean width"}};
    for (const Levels::At& at : levels.all)
      table.rows.push_back(
          {percent(at.level), percent(levels.inside(at)), figure(levels.width(at))});
    return table;
  }

  static std::string reading(const Levels& levels, Meaning meaning) {
    const Levels::At& at = levels.all[4];
    std::string text =
        fmt::format("What {} passes with dropout expect to hold {} of the targets holds {}", passes,
                    percent(at.level), percent(levels.inside(at)));
    if (has_classes(meaning)) {
      const auto half = levels.right_by_share(2);
      return text + fmt::format(". Right are {} of all samples, {} of the surest half.",
                                percent(half.back().second), percent(half.front().second));
    }
    if (meaning == Meaning::normal) return text + ", the noise that the model tells included.";
    return text +
           ": passes tell what the model does not know, not the noise of the targets; with "
           "the loss gaussian_nll it tells both.";
  }
};

}  // namespace goodfit
