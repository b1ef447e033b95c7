// Names: what the scores of a list of metrics are called in tables, records and stop.monitor.
//
//   metrics = ["accuracy", {top_k = 2}, {top_k = 5}]   →   accuracy, top_k_2, top_k_5
//
// A name is the key; where several metrics share it, with the settings behind it.
#pragma once
#include <optional>

#include "goodfit/parts/metrics/metric.hpp"

namespace goodfit {

// Throws Error when two metrics are the same in all settings.
std::vector<std::string> names_of(const std::vector<Metric>& metrics);

// Throws Error at `place` when the name is neither "loss" nor one of the list.
void check_score(const std::string& place, const std::string& name,
                 const std::vector<Metric>& metrics);

// Whether more of the score of that name is better; nothing when the list has none of that name.
std::optional<bool> is_higher_better(const std::vector<Metric>& metrics, std::string_view name);

}  // namespace goodfit
