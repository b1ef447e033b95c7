// Gap: how much worse the samples held out are than those trained on.
//
//   gap = validation loss − training loss          of each epoch
//
// Near 0: what is learned holds for other samples too. Growing while the loss of training falls:
// overfitting. Below 0: dropout, augmentation or the mean over an epoch make training look worse
// than it is.
#pragma once
#include "goodfit/study/report/curves.hpp"

#include <fmt/core.h>

namespace goodfit {

struct GapPanel {
  static constexpr Card card{"gap", "Validation loss less training loss by epoch."};

  static std::optional<Panel> draw(const Views& runs) {
    Chart chart{.x = {"epoch"}, .y = {"validation − training loss"}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool one = runs.size() == 1;
      Points points;
      for (const EpochReport& epoch : runs[i].history())
        for (const auto& [name, value] : epoch.validation)
          if (name == "loss") points.emplace_back(double(epoch.epoch), value - epoch.train_loss);
      chart.lines.push_back({one ? "gap" : runs[i].name(), points, one ? 2 : i});
    }
    if (all_empty(chart)) return std::nullopt;
    return Panel{"Generalization gap", reading(runs, chart.lines), {content(chart)}};
  }

 private:
  static std::string reading(const Views& runs, const std::vector<Line>& lines) {
    const std::string means = "Near 0 what is learned holds for other samples too; ";
    if (runs.size() > 1) return means + "a gap that grows is overfitting.";
    const auto best = at_epoch(lines[0].points, runs[0].run().best_epoch);
    const double last = lines[0].points.back().second;
    if (!best) return means + "a gap that grows is overfitting.";
    return means + fmt::format("here it is {} at the best epoch and {} at the last.",
                               figure(best->second), figure(last));
  }
};

}  // namespace goodfit
