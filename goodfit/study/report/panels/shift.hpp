// Shift: whether the samples that judge the model are distributed as those it was trained on.
//
// Distance, 0 … 1: how large a change is; p: how likely chance alone makes one as large, for all
// features together. What was found when the training began; docs/shift.md says what to do.
#pragma once
#include "goodfit/study/report/panel.hpp"
#include "goodfit/study/shift/shift_text.hpp"
#include "goodfit/study/shift/shift_watch.hpp"

namespace goodfit {

struct ShiftPanel {
  static constexpr Card card{"shift", "Whether what judges the model is like what trained it."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Shift", runs, [](const RunView& run) -> std::optional<Panel> {
      const Setting kept = read_watched(run.run().folder);
      const Setting* split = kept.find("split");
      const Setting* features = split ? split->find("features") : nullptr;
      if (!features || !features->list()) return std::nullopt;
      Listing table{{"feature", "distance", "p", "change"}};
      for (const Setting& one : *features->list())
        if (table.rows.size() < most_features)
          table.rows.push_back({text(one, "name"), figure(event_number(one, "distance")),
                                p_text(event_number(one, "p")), text(one, "change")});
      const Setting* told = split->find("text");
      return Panel{"",
                   told ? "When it began: " + text(*split, "text") + "."
                        : "The " + text(*split, "part") +
                              " samples differ from those for training by no more than chance.",
                   {content(table)}};
    });
  }

 private:
  static constexpr std::size_t most_features = 20;

  static std::string text(const Setting& from, std::string_view key) {
    const Setting* found = from.find(key);
    return found && found->text() ? *found->text() : "";
  }
};

}  // namespace goodfit
