// Signal: how large outputs and gradients of each layer are through the training, how many units
// give zero, and how far a step moves the weights.
//
//   update = ‖w after a step − w before‖ / ‖w before‖, of the last step of an epoch
//
// Lines that run away from each other are a signal that fades or explodes with depth; a share of
// zeros near 1 is a layer that is dead; updates far above 10⁻² throw away what was learned, far
// below 10⁻⁴ they hardly learn. Source of the usual 10⁻³: Karpathy 2015, CS231n, "Neural Networks
// Part 3", ratio of weights and updates.
#pragma once
#include <fmt/core.h>

#include <cmath>

#include "goodfit/study/report/panel.hpp"

namespace goodfit {

struct SignalPanel {
  static constexpr Card card{"signal", "Sizes of outputs, gradients and updates of each layer."};

  static std::optional<Panel> draw(const Views& runs) {
    return Panel::of_each("Signal through training", runs, draw_one);
  }

 private:
  using Measure = std::optional<double> (*)(const LayerProbe& layer);

  static std::optional<Panel> draw_one(const RunView& run) {
    const std::vector<ProbeReport> probes = run.probes();
    if (probes.empty()) return std::nullopt;
    const auto weighted = [](const LayerProbe& layer) { return layer.weights.has_value(); };
    Panel panel{"", reading(probes)};
    const auto add = [&](const char* title, const char* axis, auto which, Measure measure) {
      Chart chart{.title = title, .x = {"epoch", probes.back().epoch >= 16}, .y = {axis}};
      chart.lines = lines(probes, which, measure);
      if (chart.lines.empty()) return;
      chart.y.log = spans_decades(chart.lines);
      panel.shown.push_back(content(chart));
    };
    add("Outputs", "deviation", weighted,
        [](const LayerProbe& layer) { return std::optional(std::sqrt(layer.outputs.variance)); });
    add("Gradients by outputs", "deviation", weighted,
        [](const LayerProbe& layer) { return std::optional(std::sqrt(layer.gradients.variance)); });
    add("Update of a step", "share of the weights", weighted,
        [](const LayerProbe& layer) { return layer.update; });
    add(
        "Zeros behind activations", "share of the outputs",
        [](const LayerProbe& layer) { return !layer.weights && layer.outputs.zeros > 0; },
        [](const LayerProbe& layer) { return std::optional(layer.outputs.zeros); });
    return panel;
  }

  // A line for each layer that is ever chosen, in its color by depth.
  template <class Which>
  static std::vector<Line> lines(const std::vector<ProbeReport>& probes, Which which,
                                 Measure measure) {
    std::vector<Line> all;
    const std::size_t depth = probes.front().layers.size();
    for (std::size_t i = 0; i < depth; ++i) {
      Line line{.name = name_of(probes.front().layers[i]),
                .points = {},
                .depth = depth < 2 ? 0 : double(i) / double(depth - 1)};
      bool chosen = false;
      for (const ProbeReport& probe : probes) {
        if (i >= probe.layers.size()) continue;
        chosen = chosen || which(probe.layers[i]);
        if (const auto value = measure(probe.layers[i]))
          line.points.emplace_back(double(probe.epoch), *value);
      }
      if (chosen && !line.points.empty()) all.push_back(line);
    }
    return all;
  }

  static std::string name_of(const LayerProbe& layer) { return layer.scope + " " + layer.key; }

  static std::string reading(const std::vector<ProbeReport>& probes) {
    const ProbeReport& last = probes.back();
    double fastest = 0;
    for (const ProbeReport& probe : probes)
      for (const LayerProbe& layer : probe.layers)
        fastest = std::max(fastest, layer.update.value_or(0));
    std::vector<const LayerProbe*> weighted;
    for (const LayerProbe& layer : last.layers)
      if (layer.weights) weighted.push_back(&layer);
    std::string text =
        fmt::format("Measured on {} training samples, blue at the inputs to orange at the outputs.",
                    last.samples);
    if (weighted.size() > 1 && weighted.back()->gradients.variance > 0)
      text +=
          fmt::format(" In the end the gradient at the first layer is {} times that at the last.",
                      figure(std::sqrt(weighted.front()->gradients.variance /
                                       weighted.back()->gradients.variance)));
    if (fastest > 0)
      text += fmt::format(" No step that was measured moved a weight by more than {} of itself.",
                          percent(fastest));
    return text;
  }
};

}  // namespace goodfit
