// Features: what the units of the first layer that can be drawn look for, on pictures.
//
// White is for, black against, gray neither. `goodfit show RUN --features` draws other layers.
#pragma once
#include <fmt/core.h>

#include "goodfit/study/report/panel.hpp"
#include "goodfit/train/record/tiles.hpp"

namespace goodfit {

struct FeaturesPanel {
  static constexpr Card card{"features", "What the units of the first layer look for."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Features", runs, [](const RunView& run) -> std::optional<Panel> {
      const auto found = first_tiles(run.run().weights(), run.run().signature());
      if (!found) return std::nullopt;
      const Tiles tiles = found->first(most);
      return Panel{"",
                   fmt::format("{} of {} units of {}: white is for, black against.", tiles.count(),
                               found->tiles.count(), found->name),
                   {content(std::vector<Captioned>{{drawn(tiles), ""}})}};
    });
  }

 private:
  static constexpr Size most = 144;
};

}  // namespace goodfit
