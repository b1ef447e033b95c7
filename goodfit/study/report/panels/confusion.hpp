// Confusion: which classes the model takes for which: a row for each class that was right, a column
// for each that was said. Of more than 20 classes the most frequent mistakes are listed.
#pragma once
#include <fmt/core.h>

#include "goodfit/parts/metrics/confusion.hpp"
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct ConfusionPanel {
  static constexpr Card card{"confusion", "Which classes the model takes for which."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Confusion", runs, [](const RunView& run) -> std::optional<Panel> {
      if (!run.tells_classes()) return std::nullopt;
      Confusion confusion;
      confusion.add(run.judged()->outcome());
      const std::vector<std::string> names = run.classes(confusion.classes);
      const std::vector<Mistake> found = mistakes(confusion);
      std::string reading = fmt::format("On the {} samples; ", run.judged()->split);
      if (found.empty()) {
        reading += "all were right.";
      } else {
        const Mistake& most = found.front();
        reading += fmt::format("the most frequent mistake: “{}” taken for “{}”, {} of {}.",
                               names[std::size_t(most.target)], names[std::size_t(most.found)],
                               most.count, confusion.samples_of(most.target));
      }
      if (confusion.classes > most_classes)
        return Panel{"", reading, {content(listed(found, names, confusion))}};
      return Panel{"", reading, {matrix(names, confusion.counts, "is", "said")}};
    });
  }

 private:
  static constexpr Size most_classes = 20;
  static constexpr std::size_t most_rows = 20;
  struct Mistake {
    Size target, found, count;
  };

  static std::vector<Mistake> mistakes(const Confusion& confusion) {
    std::vector<Mistake> all;
    for (Size target = 0; target < confusion.classes; ++target)
      for (Size found = 0; found < confusion.classes; ++found)
        if (const Size count = confusion.at(target, found); target != found && count > 0)
          all.push_back({target, found, count});
    std::stable_sort(all.begin(), all.end(),
                     [](const Mistake& a, const Mistake& b) { return a.count > b.count; });
    return all;
  }

  static Listing listed(const std::vector<Mistake>& found, const std::vector<std::string>& names,
                        const Confusion& confusion) {
    Listing table{{"is", "said", "times", "of those"}};
    for (const Mistake& one : found) {
      if (table.rows.size() == most_rows) break;
      table.rows.push_back({names[std::size_t(one.target)], names[std::size_t(one.found)],
                            fmt::format("{}", one.count),
                            percent(double(one.count) / double(confusion.samples_of(one.target)))});
    }
    return table;
  }
};

}  // namespace goodfit
