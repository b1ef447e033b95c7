// Predictions: what the model says against what is, of numbers.
//
// On the diagonal all is right. A cloud that bends away from it is something the model cannot
// express; one that lies flatter says less than is, as strong regularization makes it.
#pragma once
#include "goodfit/study/report/panel.hpp"

#include <fmt/core.h>

namespace goodfit {

struct PredictionsPanel {
  static constexpr Card card{"predictions", "Predicted numbers against their targets."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Predictions", runs, [](const RunView& run) -> std::optional<Panel> {
      const Meaning meaning = run.recipe().loss.meaning();
      if (meaning != Meaning::numbers && meaning != Meaning::normal) return std::nullopt;
      const RunView::Judged* judged = run.judged();
      if (!judged || judged->width != judged->target_width || judged->width > most_targets)
        return std::nullopt;
      Chart chart{.x = {"target"}, .y = {"predicted"}};
      double low = INFINITY, high = -INFINITY, bias = 0;
      const Size step = std::max<Size>(1, judged->rows / most_points);
      for (Size j = 0; j < judged->width; ++j) {
        Line line{judged->width == 1 ? "samples" : fmt::format("target {}", j),
                  {},
                  std::size_t(j),
                  Look::dots};
        for (Size i = 0; i < judged->rows; ++i) {
          const std::size_t at = std::size_t(i * judged->width + j);
          const double is = judged->targets[at], said = judged->outputs[at];
          bias += (said - is) / double(judged->outputs.size());
          low = std::min(low, is), high = std::max(high, is);
          if (i % step == 0) line.points.emplace_back(is, said);
        }
        chart.lines.push_back(line);
      }
      chart.lines.push_back({"right", {{low, low}, {high, high}}, 7, Look::dashed});
      return Panel{"",
                   fmt::format("On the {} samples; on average the model says {} too {}.",
                               judged->split, figure(std::abs(bias)), bias > 0 ? "much" : "little"),
                   {content(chart)}};
    });
  }

 private:
  static constexpr Size most_targets = 6, most_points = 1500;
};

}  // namespace goodfit
