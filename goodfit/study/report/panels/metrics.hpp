// Metrics: each of them on the samples held out, epoch by epoch.
#pragma once
#include "goodfit/study/report/curves.hpp"

#include <fmt/core.h>

namespace goodfit {

struct MetricsPanel {
  static constexpr Card card{"metrics", "Each metric of validation by epoch."};

  static std::optional<Panel> draw(const Views& runs) {
    std::vector<std::string> names;
    for (const RunView& run : runs)
      if (!run.history().empty())
        for (const auto& [name, _] : run.history().front().validation)
          if (name != "loss" && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    if (names.empty()) return std::nullopt;
    Panel panel{names.size() == 1 ? "Metric" : "Metrics", ""};
    for (const std::string& name : names) {
      Chart chart{.title = name, .x = {"epoch"}, .y = {"validation " + name}};
      for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool one = runs.size() == 1;
        const Points points = of_score(runs[i], name);
        const std::string whose = one ? name : runs[i].name();
        chart.lines.push_back({whose, points, one ? 1 : i});
        if (const auto best = at_epoch(points, runs[i].run().best_epoch)) {
          chart.lines.push_back({whose + ", best epoch", {*best}, one ? 1 : i, Look::dots});
          if (one)
            panel.reading +=
                fmt::format("{}{} {} at the best epoch", panel.reading.empty() ? "" : ", ", name,
                            figure(best->second));
        }
      }
      panel.shown.push_back(content(chart));
    }
    panel.reading +=
        panel.reading.empty() ? "On the samples held out." : ", on the samples held out.";
    return panel;
  }
};

}  // namespace goodfit
