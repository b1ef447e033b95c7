// Findings: what the rules of `goodfit check` say about the recipe and the data.
//
// `goodfit show NAME` says why, with the source, for each name in brackets.
#pragma once
#include <fmt/core.h>

#include "goodfit/study/lint/lint.hpp"
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct FindingsPanel {
  static constexpr Card card{"findings", "What the rules of check say about the recipe."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Findings", runs, [](const RunView& run) -> std::optional<Panel> {
      const RunView::Known* known = run.data();
      const Findings found = lint(run.recipe(), known ? &known->portions.train : nullptr);
      if (found.empty())
        return Panel{"", "The rules of goodfit check have nothing to say against this recipe."};
      Listing table{{"where", "what", "what to do", "rule"}};
      for (const Finding& one : found)
        table.rows.push_back({one.place, one.what, one.advice, one.rule});
      return Panel{"",
                   fmt::format("{} to look at; goodfit show and the name of the rule says why.",
                               found.size() == 1 ? "One thing" : fmt::format("{}", found.size())),
                   {content(table)}};
    });
  }
};

}  // namespace goodfit
