// Summary: what came out, at a glance; of several runs a table that sets them side by side.
#pragma once
#include <fmt/core.h>

#include "goodfit/base/clock.hpp"
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct SummaryPanel {
  static constexpr Card card{"summary", "What came out: best epoch, scores, size, time."};

  static std::optional<Panel> draw(const Views& runs) {
    if (runs.size() == 1) {
      const auto named = facts(runs[0]);
      return Panel{"", reading(runs[0]), {figures(named)}};
    }
    std::vector<std::string> head{"run"};
    for (const RunView& run : runs)
      for (const auto& [name, _] : facts(run))
        if (std::find(head.begin(), head.end(), name) == head.end()) head.push_back(name);
    Listing table{head};
    for (const RunView& run : runs) {
      std::vector<std::string> row(head.size(), "–");
      row[0] = run.name();
      for (const auto& [name, value] : facts(run))
        row[std::size_t(std::find(head.begin(), head.end(), name) - head.begin())] = value;
      table.rows.push_back(row);
    }
    return Panel{"", fmt::format("{} runs side by side.", runs.size()), {content(table)}};
  }

 private:
  static std::string reading(const RunView& view) {
    const Run& run = view.run();
    std::string text = run.best_epoch == 0 ? fmt::format("{} epochs.", run.epochs)
                                           : fmt::format("The model is that of epoch {} of {}",
                                                         run.best_epoch, run.epochs);
    if (run.best_epoch == 0) return text;
    text += run.best_scores.empty()
                ? ", the last, as no samples were held out to choose by."
                : fmt::format(", the best by validation {}.", view.recipe().stop.monitor);
    return text;
  }

  static std::vector<std::pair<std::string, std::string>> facts(const RunView& view) {
    const Run& run = view.run();
    std::vector<std::pair<std::string, std::string>> all;
    const Scores tested = view.test_scores();
    for (const auto& [name, value] : tested) all.emplace_back("test " + name, figure(value));
    for (const auto& [name, value] : run.best_scores)
      all.emplace_back("validation " + name, figure(value));
    for (const EpochReport& epoch : run.history)
      if (epoch.epoch == run.best_epoch)
        all.emplace_back("training loss", figure(epoch.train_loss));
    all.emplace_back("epochs", fmt::format("{}", run.epochs));
    all.emplace_back("parameters", fmt::format("{}", run.weights().trained_count()));
    all.emplace_back("time", duration_text(run.seconds));
    return all;
  }
};

}  // namespace goodfit
