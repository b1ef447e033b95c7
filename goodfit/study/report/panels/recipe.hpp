// Recipe: what was done, as TOML: what differs from the defaults, and then everything.
#pragma once
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct RecipePanel {
  static constexpr Card card{"recipe", "What was done, as TOML that repeats it."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Recipe", runs, [](const RunView& run) -> std::optional<Panel> {
      return Panel{"",
                   "What is not named here has its default; recipe.toml in the run's folder says "
                   "everything.",
                   {verbatim(recipe_toml(run.recipe(), Which::changed))}};
    });
  }
};

}  // namespace goodfit
