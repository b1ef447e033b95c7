#include "goodfit/cli/plot.hpp"

#include "goodfit/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace goodfit {
namespace {

struct Extent {
  double low = INFINITY, high = -INFINITY;
  void add(double x) {
    if (!std::isfinite(x)) return;
    low = std::min(low, x);
    high = std::max(high, x);
  }
  bool empty() const { return low > high; }
  double share(double x) const { return high > low ? (x - low) / (high - low) : 0.5; }
};

// The height of a curve at x, in straight lines from point to point.
std::optional<double> height_at(const std::vector<std::pair<double, double>>& points, double x) {
  const auto next =
      std::lower_bound(points.begin(), points.end(), x,
                       [](const auto& point, double at) { return point.first < at - 1e-9; });
  if (next == points.end()) return std::nullopt;
  if (next->first <= x + 1e-9) return next->second;
  if (next == points.begin()) return std::nullopt;
  const auto& [x0, y0] = *std::prev(next);
  return y0 + (next->second - y0) * (x - x0) / (next->first - x0);
}

}  // namespace

std::string plot_text(const std::vector<PlottedCurve>& curves, const Axes& axes,
                      const Terminal& terminal) {
  const auto along = [&](double x) { return axes.log_x ? std::log10(x) : x; };
  Extent width, height;
  std::vector<std::vector<std::pair<double, double>>> points(curves.size());
  for (std::size_t c = 0; c < curves.size(); ++c)
    for (std::size_t i = 0; i < curves[c].x.size(); ++i) {
      const double x = along(curves[c].x[i]), y = curves[c].y[i];
      if (!std::isfinite(x) || !std::isfinite(y) || y > axes.highest) continue;
      points[c].emplace_back(x, y);
      width.add(x);
      height.add(y);
    }
  if (height.empty()) return "";
  const int columns = std::clamp(terminal.width - 12, 20, 68), rows = std::max(2, axes.height);
  const bool plain = terminal.live && !terminal.unicode;
  std::vector<std::vector<std::string>> cells(std::size_t(rows),
                                              std::vector<std::string>(std::size_t(columns), " "));
  for (std::size_t c = curves.size(); c-- > 0;)
    for (int column = 0; column < columns; ++column) {
      const double x =
          width.low + (width.high - width.low) * double(column) / double(std::max(1, columns - 1));
      const auto y = height_at(points[c], x);
      if (!y) continue;
      const int row = int(std::lround((1 - height.share(*y)) * double(rows - 1)));
      cells[std::size_t(row)][std::size_t(column)] = curves[c].mark;
    }
  std::string text;
  for (int row = 0; row < rows; ++row) {
    std::string label;
    if (row == 0) label = rounded_text(height.high);
    if (row == rows - 1) label = rounded_text(height.low);
    std::string line;
    for (const std::string& cell : cells[std::size_t(row)]) line += cell;
    line.erase(line.find_last_not_of(' ') + 1);
    text += fmt::format("{:>9} {}{}\n", label, plain ? "|" : label.empty() ? "│" : "┤", line);
  }
  std::string axis;
  for (int column = 0; column < columns; ++column) axis += plain ? "-" : "─";
  text += fmt::format("{:>9} {}{}\n", "", plain ? "+" : "└", axis);
  std::vector<std::string> below(std::size_t(columns), " ");
  for (const auto& [x, mark] : axes.marks)
    if (const double at = along(x); at >= width.low && at <= width.high)
      below[std::size_t(std::lround(width.share(at) * double(columns - 1)))] = mark;
  std::string marks;
  for (const std::string& cell : below) marks += cell;
  marks.erase(marks.find_last_not_of(' ') + 1);
  if (!marks.empty()) text += fmt::format("{:>11}{}\n", "", marks);
  const auto value = [&](double x) { return rounded_text(axes.log_x ? std::pow(10, x) : x); };
  const std::string first = value(width.low), last = value(width.high);
  return text + fmt::format("{:>11}{}{:>{}}\n", "", first, last,
                            std::max<int>(int(last.size()) + 1, columns - int(first.size())));
}

}  // namespace goodfit
