// Calibration: whether the model is as sure as it may be.
//
//   confidence = largest probability;  for each tenth of confidences: share that is right
//
// On the diagonal, of the samples said with 80 % there are 80 % right. Below it the model is too
// sure, above it not sure enough. Bins with few samples jump by chance: the bars say how many there
// are. Source: Guo et al. 2017, "On Calibration of Modern Neural Networks", arXiv:1706.04599,
// section 2.
#pragma once
#include <fmt/core.h>

#include <array>

#include "goodfit/parts/metrics/classes.hpp"
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct CalibrationPanel {
  static constexpr Card card{"calibration", "Share that is right against confidence."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Calibration", runs, [](const RunView& run) -> std::optional<Panel> {
      const Meaning meaning = run.recipe().loss.meaning();
      if (meaning != Meaning::logits && meaning != Meaning::binary) return std::nullopt;
      if (!run.tells_classes()) return std::nullopt;
      const std::array<Tenth, 10> tenths = tenths_of(run.judged()->outcome());
      Points reliable;
      std::vector<double> counts;
      double confidence = 0, right = 0, rows = 0, error = 0;
      for (const Tenth& one : tenths) {
        counts.push_back(one.count);
        confidence += one.confidence, right += one.right, rows += one.count;
        error += std::abs(one.confidence - one.right);
        if (one.count > 0) reliable.emplace_back(one.confidence / one.count, one.right / one.count);
      }
      return Panel{
          "",
          reading(error / rows, confidence / rows, right / rows, run.run().signature().temperature),
          {content(diagram(reliable)), content(histogram(counts))}};
    });
  }

 private:
  struct Tenth {  // of the confidences
    double count = 0, confidence = 0, right = 0;
  };
  static std::array<Tenth, 10> tenths_of(const Outcome& outcome) {
    std::array<Tenth, 10> tenths{};
    for (Size i = 0; i < outcome.rows; ++i) {
      const ClassRow row(outcome, i);
      const Size found = row.found();
      if (found < 0) continue;
      const double confidence = ClassOdds(row).probability(found);
      Tenth& one = tenths[std::size_t(std::clamp(std::ceil(10 * confidence) - 1, 0.0, 9.0))];
      ++one.count;
      one.confidence += confidence;
      one.right += found == row.target;
    }
    return tenths;
  }

  static Chart diagram(const Points& reliable) {
    return {.title = "Right against confidence",
            .x = {"confidence"},
            .y = {"share that is right"},
            .lines = {{"this model", reliable, 0, Look::marked},
                      {"as sure as right", {{0, 0}, {1, 1}}, 7, Look::dashed}}};
  }
  static Bars histogram(const std::vector<double>& counts) {
    Bars bars{.title = "Samples by confidence", .x = {"confidence up to"}, .y = {"samples"}};
    for (std::size_t i = 1; i <= counts.size(); ++i)
      bars.labels.push_back(fmt::format("{:.2g}", double(i) / double(counts.size())));
    bars.groups = {{"samples", counts}};
    return bars;
  }

  static std::string reading(double ece, double confidence, double right, double temperature) {
    const char* verdict = confidence > right + 0.01   ? "it is too sure"
                          : confidence < right - 0.01 ? "it is not sure enough"
                                                      : "it is about as sure as it may be";
    std::string text =
        fmt::format("Mean confidence {}, right {}: {}. Calibration error (ece, of tenths) {}.",
                    percent(confidence), percent(right), verdict, percent(ece));
    if (temperature != 1)
      text += fmt::format(" Calibrated: its temperature is {}.", figure(temperature));
    else if (std::abs(confidence - right) > 0.01)
      text += " goodfit calibrate RUN makes it about as sure as it is right.";
    return text;
  }
};

}  // namespace goodfit
