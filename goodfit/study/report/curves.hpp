// Curves: the history of a run as points to draw.
#pragma once
#include "goodfit/study/report/panel.hpp"

namespace goodfit {

template <class Of>
Points by_epoch(const RunView& run, Of of) {
  Points points;
  for (const EpochReport& epoch : run.history())
    points.emplace_back(double(epoch.epoch), of(epoch));
  return points;
}

// A validation score by its name; empty when there is none.
inline Points of_score(const RunView& run, std::string_view name) {
  Points points;
  for (const EpochReport& epoch : run.history())
    for (const auto& [its, value] : epoch.validation)
      if (its == name) points.emplace_back(double(epoch.epoch), value);
  return points;
}

inline std::optional<std::pair<double, double>> at_epoch(const Points& points, Size epoch) {
  for (const auto& point : points)
    if (point.first == double(epoch)) return point;
  return std::nullopt;
}

inline bool all_empty(const Chart& chart) {
  for (const Line& line : chart.lines)
    if (!line.points.empty()) return false;
  return true;
}

}  // namespace goodfit
