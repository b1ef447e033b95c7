#include "goodfit/cli/signal_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/cli/table.hpp"

namespace goodfit {
namespace {

// A height of 0 … 1 as one character; 0 is empty.
std::string block(double height, const Terminal& terminal) {
  static constexpr std::array<const char*, 9> blocks{" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static constexpr std::array<const char*, 9> letters{" ", ".", ":", "-", "=", "+", "*", "#", "@"};
  const auto step = std::size_t(std::ceil(std::clamp(height, 0.0, 1.0) * 8));
  return terminal.live && !terminal.unicode ? letters[step] : blocks[step];
}

// Two bins to a character, the fullest as high as a line.
std::string histogram(const Summary& summary, const Terminal& terminal) {
  std::vector<double> heights;
  for (std::size_t i = 0; i + 1 < summary.counts.size(); i += 2)
    heights.push_back(double(summary.counts[i] + summary.counts[i + 1]));
  const double most = std::max(1.0, *std::max_element(heights.begin(), heights.end()));
  std::string text;
  for (const double height : heights) text += block(height / most, terminal);
  return text;
}

std::string number(double x) { return rounded_text(x); }
std::string number(const std::optional<double>& x) { return x ? number(*x) : "-"; }
std::string percent(const std::optional<double>& x) {
  return x ? fmt::format("{:.0f} %", 100 * *x) : "-";
}

// Deviations from layer to layer, on a scale of their logarithms that spans two decades at least.
std::string profile(const std::vector<double>& deviations, const Terminal& terminal) {
  std::vector<double> logs;
  for (const double x : deviations)
    if (x > 0) logs.push_back(std::log10(x));
  if (logs.empty()) return "";
  const double high = *std::max_element(logs.begin(), logs.end());
  const double low = std::min(*std::min_element(logs.begin(), logs.end()), high - 2);
  std::string text;
  for (const double x : deviations)
    text += block(x > 0 ? 0.125 + 0.875 * (std::log10(x) - low) / (high - low) : 0, terminal);
  return text;
}

}  // namespace

std::string signal_text(const SignalReport& report, const Terminal& terminal) {
  std::vector<TableRow> forward{
      {"activations", "shape", "mean", "variance", "predicted", "zeros", "flat", "distribution"}};
  std::vector<TableRow> back{
      {"gradients", "variance", "predicted", "distribution", "weights: variance", "distribution"}};
  std::vector<double> sizes, gradients;
  for (const LayerSignal& layer : report.layers) {
    const std::string name = layer.scope + " " + layer.key;
    const Summary &x = layer.outputs, &d = layer.gradients;
    forward.push_back({name, layer.shape.text(), number(x.mean), number(x.variance),
                       number(layer.predicted), percent(x.zeros), percent(layer.flat),
                       histogram(x, terminal)});
    back.push_back({name, number(d.variance), number(layer.predicted_gradient),
                    histogram(d, terminal), layer.weights ? number(layer.weights->variance) : "",
                    layer.weights ? histogram(*layer.weights, terminal) : ""});
    sizes.push_back(std::sqrt(x.square()));
    gradients.push_back(std::sqrt(d.square()));
  }
  const std::string usual =
      report.usual_loss ? ", of a net that knows nothing " + number(*report.usual_loss) : "";
  std::string text = fmt::format("signal: {} samples of the first step; loss {}{}\n\n",
                                 report.samples, number(report.loss), usual);
  text += table_text(forward) + "\n" + table_text(back) + "\n";
  text += "size from layer to layer, on a scale of powers of 10:\n";
  text += "  activations  " + profile(sizes, terminal) + "\n";
  text += "  gradients    " + profile(gradients, terminal) + "\n\n";
  const std::array<Fate, 2> fates{report.signal(), report.gradient()};
  const std::vector<std::string> verdict = report.verdict();
  for (std::size_t i = 0; i < verdict.size(); ++i)
    text += terminal.painted(fates[i] == Fate::keeps ? Ink::green : Ink::red, verdict[i]) + "\n";
  return text;
}

std::string signal_json(const SignalReport& report) {
  Setting::List layers;
  for (const LayerSignal& layer : report.layers) {
    Setting one{Setting::Table{{"layer", layer.scope}, {"type", layer.key}}};
    one["activations"] = to_setting(layer.outputs);
    one["predicted_variance"] = layer.predicted ? Setting(*layer.predicted) : Setting{};
    one["flat"] = layer.flat ? Setting(*layer.flat) : Setting{};
    one["gradients"] = to_setting(layer.gradients);
    one["predicted_gradient_variance"] =
        layer.predicted_gradient ? Setting(*layer.predicted_gradient) : Setting{};
    one["weights"] = layer.weights ? to_setting(*layer.weights) : Setting{};
    layers.push_back(std::move(one));
  }
  Setting::List verdict;
  for (const std::string& line : report.verdict()) verdict.emplace_back(line);
  return to_json(
      Setting::Table{{"event", "signal"},
                     {"samples", std::int64_t(report.samples)},
                     {"loss", report.loss},
                     {"usual_loss", report.usual_loss ? Setting(*report.usual_loss) : Setting{}},
                     {"signal_ratio", report.signal_ratio},
                     {"gradient_ratio", report.gradient_ratio},
                     {"verdict", verdict},
                     {"layers", layers}});
}

}  // namespace goodfit
