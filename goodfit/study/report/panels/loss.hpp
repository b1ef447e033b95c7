// Loss: of training and of the samples held out, epoch by epoch.
//
// The loss of training is a mean over the epoch, with dropout and the like, while the weights
// moved; that of validation is of the weights at its end. So the first may lie above the second.
#pragma once
#include "goodfit/study/report/curves.hpp"

#include <fmt/core.h>

namespace goodfit {

struct LossPanel {
  static constexpr Card card{"loss", "Loss of training and of validation by epoch."};

  static std::optional<Panel> draw(const Views& runs) {
    Chart chart{.x = {"epoch"}, .y = {"loss"}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const bool one = runs.size() == 1;
      const std::string name = one ? "" : runs[i].name() + " ";
      chart.lines.push_back({name + "training",
                             by_epoch(runs[i], [](const EpochReport& e) { return e.train_loss; }),
                             one ? 0 : i, one ? Look::line : Look::dashed});
      const Points held_out = of_score(runs[i], "loss");
      if (held_out.empty()) continue;
      chart.lines.push_back({name + "validation", held_out, one ? 1 : i});
      if (const auto best = at_epoch(held_out, runs[i].run().best_epoch))
        chart.lines.push_back({name + "best epoch", {*best}, one ? 1 : i, Look::dots});
    }
    if (all_empty(chart)) return std::nullopt;
    chart.y.log = spans_decades(chart.lines);
    return Panel{"Loss", reading(runs), {content(chart)}};
  }

 private:
  static std::string reading(const Views& runs) {
    if (runs.size() > 1) return "Lines are validation, dashes training.";
    const Run& run = runs[0].run();
    const EpochReport& last = run.history.back();
    if (last.validation.empty())
      return "Nothing was held out, so nothing here tells learning from learning by heart.";
    const Size since = last.epoch - run.best_epoch;
    const std::string after =
        since == 0
            ? "The last epoch was the best: more of them, or a higher lr, may give more."
            : fmt::format("After epoch {} validation did not get better any more.", run.best_epoch);
    return after + " A validation that rises while training falls is overfitting.";
  }
};

}  // namespace goodfit
