// Histograms: weights, outputs and gradients of each layer after the first epoch and after the last
// that was measured.
//
// Weights that have left the shape they began with have learned; outputs that pile up at the ends
// of an activation are saturated, at zero they are dead; gradients that are a needle at zero do not
// reach the layer.
#pragma once
#include <fmt/core.h>

#include <cmath>

#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct HistogramsPanel {
  static constexpr Card card{"histograms", "Weights, outputs and gradients of each layer."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Histograms", runs, [](const RunView& run) -> std::optional<Panel> {
      const std::vector<ProbeReport> probes = run.probes();
      if (probes.empty()) return std::nullopt;
      const ProbeReport &first = probes.front(), &last = probes.back();
      Panel panel{"", ""};
      std::size_t shown = 0, all = 0;
      for (std::size_t i = 0; i < std::min(first.layers.size(), last.layers.size()); ++i) {
        const LayerProbe &was = first.layers[i], &is = last.layers[i];
        if (!is.weights || !was.weights) continue;
        if (++all > most_layers) continue;
        ++shown;
        panel.shown.push_back(heading(is.scope + " " + is.key));
        panel.shown.push_back(content(chart("weights", *was.weights, *is.weights)));
        panel.shown.push_back(content(chart("outputs", was.outputs, is.outputs)));
        panel.shown.push_back(content(chart("gradients", was.gradients, is.gradients)));
      }
      if (shown == 0) return std::nullopt;
      panel.reading = fmt::format(
          "Gray after epoch {}, blue after epoch {}. The outer bins hold "
          "what lies beyond three deviations.",
          first.epoch, last.epoch);
      if (shown < all) panel.reading += fmt::format(" The first {} of {} layers.", shown, all);
      return panel;
    });
  }

 private:
  static constexpr std::size_t most_layers = 12;

  // Heights are densities, so that the area of each is 1 and narrow ones are high.
  static Points density(const Summary& summary) {
    Points points;
    const double width = (summary.high - summary.low) / double(Summary::bins);
    double all = 0;
    for (const Size count : summary.counts) all += double(count);
    if (!(width > 0) || all == 0) return {};
    for (std::size_t i = 0; i < summary.counts.size(); ++i)
      points.emplace_back(summary.low + width * double(i),
                          double(summary.counts[i]) / (all * width));
    points.emplace_back(summary.high, 0);
    return points;
  }

  static Chart chart(const char* what, const Summary& was, const Summary& is) {
    Chart chart{.title = what, .x = {what}, .y = {"density"}, .small = true};
    chart.lines.push_back({"first", density(was), 7, Look::area});
    chart.lines.push_back({"last", density(is), 0, Look::area});
    return chart;
  }
};

}  // namespace goodfit
