// Mistakes: the samples that the model was most wrong about.
//
//   classes   of those taken for another: −log p of the right one; of scores, how far it is behind
//   numbers   |target − output|, the mean of a sample
//
// Look at them first: they are wrong labels, hard cases, or a kind of sample that training lacks.
#pragma once
#include <fmt/core.h>

#include "goodfit/parts/metrics/classes.hpp"
#include "goodfit/study/report/panel.hpp"
#include "goodfit/study/report/sample_view.hpp"

namespace goodfit {

struct MistakesPanel {
  static constexpr Card card{"mistakes", "The samples that the model was most wrong about."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Worst mistakes", runs, [](const RunView& run) -> std::optional<Panel> {
      const bool numbers = !has_classes(run.recipe().loss.meaning());
      const RunView::Judged* judged = run.judged();
      // Steps of a sequence are no samples that can be shown.
      if (!judged || judged->rows != judged->samples.count()) return std::nullopt;
      if (numbers ? judged->target_width != judged->width : judged->target_width != 1)
        return std::nullopt;
      std::vector<Mistake> all = numbers ? of_numbers(*judged) : of_classes(run);
      const std::size_t count = all.size();
      std::stable_sort(all.begin(), all.end(),
                       [](const Mistake& a, const Mistake& b) { return a.size > b.size; });
      all.resize(std::min(all.size(), most));
      std::string reading = fmt::format("Of {} {} samples ", judged->rows, judged->split);
      reading += numbers      ? "those furthest from their targets."
                 : count == 0 ? "none was taken for another class."
                              : fmt::format(
                                    "{} were wrong; those the model was surest about come "
                                    "first.",
                                    count);
      return Panel{"", reading, shown(run, all)};
    });
  }

 private:
  static constexpr std::size_t most = 12;
  struct Mistake {
    Size row;
    double size;
    std::string is, said;
  };

  static std::vector<Mistake> of_classes(const RunView& run) {
    const Outcome outcome = run.judged()->outcome();
    const bool sure = run.recipe().loss.meaning() != Meaning::scores;
    const std::vector<std::string> names = run.classes(classes_of(outcome));
    std::vector<Mistake> all;
    for (Size i = 0; i < outcome.rows; ++i) {
      const ClassRow row(outcome, i);
      const Size found = row.found();
      if (found < 0 || row.target < 0 || found == row.target) continue;
      const ClassOdds odds(row);
      const auto score = [&](Size c) { return row.width == 1 ? 0.0 : double(row.outputs[c]); };
      std::string said = names[std::size_t(found)];
      if (sure) said += fmt::format(" ({})", percent(odds.probability(found)));
      all.push_back({i, sure ? odds.surprise(row.target) : score(found) - score(row.target),
                     names[std::size_t(row.target)], said});
    }
    return all;
  }

  static std::vector<Mistake> of_numbers(const RunView::Judged& judged) {
    std::vector<Mistake> all;
    for (Size i = 0; i < judged.rows; ++i) {
      const Outcome one = judged.outcome(i);
      double error = 0;
      for (std::size_t j = 0; j < one.outputs.size(); ++j)
        error += std::abs(double(one.outputs[j]) - double(one.targets[j])) / double(one.width);
      const bool alone = one.width == 1;
      all.push_back(
          {i, error, alone ? figure(double(one.targets[0])) : "",
           alone ? figure(double(one.outputs[0])) : fmt::format("off by {}", figure(error))});
    }
    return all;
  }

  static Setting::List shown(const RunView& run, const std::vector<Mistake>& all) {
    if (all.empty()) return {};
    const RunView::Known& known = *run.data();
    const Portion& samples = run.judged()->samples;
    const auto number = [&](const Mistake& one) {
      return fmt::format("{}", samples.rows[std::size_t(one.row)]);
    };
    if (are_pictures(known)) {
      std::vector<Size> rows;
      for (const Mistake& one : all) rows.push_back(one.row);
      std::vector<Picture> pictures = pictures_of(samples, rows);
      std::vector<Captioned> captioned;
      for (std::size_t i = 0; i < all.size(); ++i)
        captioned.push_back(
            {std::move(pictures[i]),
             (all[i].is.empty() ? all[i].said : "is " + all[i].is + ", said " + all[i].said) +
                 "\nsample " + number(all[i])});
      return {content(captioned)};
    }
    Listing table{{"sample", "is", "said", "furthest from usual"}};
    for (const Mistake& one : all)
      table.rows.push_back({number(one), one.is, one.said,
                            unusual_features(known, samples, one.row, most_features)});
    return {content(table)};
  }
  static constexpr std::size_t most_features = 4;
};

}  // namespace goodfit
