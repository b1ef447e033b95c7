#include "goodfit/parts/metrics/names.hpp"

#include <algorithm>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

std::string with_settings(const Metric& metric) {
  std::string name(metric.key());
  const Setting settings = metric.write();
  for (const auto& [key, value] : *settings.table())
    if (key != "type") name += "_" + (value.text() ? *value.text() : value.shown());
  return name;
}

}  // namespace

std::vector<std::string> names_of(const std::vector<Metric>& metrics) {
  std::vector<std::string> names;
  for (const Metric& metric : metrics) {
    const auto shares = [&](const Metric& other) { return other.key() == metric.key(); };
    const bool alone = std::count_if(metrics.begin(), metrics.end(), shares) == 1;
    std::string name = alone ? std::string(metric.key()) : with_settings(metric);
    if (std::find(names.begin(), names.end(), name) != names.end())
      fail("metrics: {} is listed twice: name it once", name);
    names.push_back(std::move(name));
  }
  return names;
}

void check_score(const std::string& place, const std::string& name,
                 const std::vector<Metric>& metrics) {
  std::vector<std::string> known = names_of(metrics);
  known.insert(known.begin(), "loss");
  if (std::find(known.begin(), known.end(), name) == known.end())
    fail_unknown(place, "metric", name, known);
}

std::optional<bool> is_higher_better(const std::vector<Metric>& metrics, std::string_view name) {
  const std::vector<std::string> names = names_of(metrics);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return metrics[std::size_t(found - names.begin())].higher_is_better();
}

}  // namespace goodfit
