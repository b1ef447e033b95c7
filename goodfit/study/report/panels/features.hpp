// Features: what the units of the first layer that can be drawn look for, on pictures.
//
// White is for, black against, gray neither. `goodfit show RUN --features` draws other layers.
#pragma once
#include "goodfit/study/features/features.hpp"
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct FeaturesPanel {
  static constexpr Card card{"features", "What the units of the first layer look for."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Features", runs, [](const RunView& run) -> std::optional<Panel> {
      // Nine numbers in a table are no picture.
      const Shape& sample = run.run().signature().sample;
      if (sample.rank() == 1 && (sample.count() < least || !run.run().signature().features.empty()))
        return std::nullopt;
      try {
        Tiles tiles = features_of(run.run());
        const Size all = tiles.count();
        tiles.weights.resize(std::size_t(std::min(all, most) * tiles.size()));
        return Panel{"",
                     fmt::format("{} of {} units of the first layer: white is for, black against.",
                                 tiles.count(), all),
                     {content(std::vector<Captioned>{{drawn(tiles), ""}})}};
      } catch (const Error&) {
        return std::nullopt;  // no layer that can be drawn
      }
    });
  }

 private:
  static constexpr Size least = 64, most = 144;
};

}  // namespace goodfit
