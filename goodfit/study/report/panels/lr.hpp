// Lr: the learning rate of the last step of each epoch, as it was used.
#pragma once
#include "goodfit/study/report/curves.hpp"

#include <fmt/core.h>

namespace goodfit {

struct LrPanel {
  static constexpr Card card{"lr", "Learning rate by epoch, as it was used."};

  static std::optional<Panel> draw(const Views& runs) {
    Chart chart{.x = {"epoch"}, .y = {"lr"}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool one = runs.size() == 1;
      chart.lines.push_back({one ? "lr" : runs[i].name(),
                             by_epoch(runs[i], [](const EpochReport& e) { return e.lr; }),
                             one ? 3 : i});
    }
    if (all_empty(chart)) return std::nullopt;
    std::string reading = "At the end of each epoch.";
    if (runs.size() == 1)
      reading = fmt::format("Schedule {}, at the end of each epoch.", runs[0].recipe().lr.key());
    return Panel{"Learning rate", reading, {content(chart)}};
  }
};

}  // namespace goodfit
