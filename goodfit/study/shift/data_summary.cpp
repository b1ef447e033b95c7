#include "goodfit/study/shift/data_summary.hpp"

#include <algorithm>
#include <cmath>

namespace goodfit {
namespace {

void summarize_category(const Samples& samples, Size at, FeatureSummary& to) {
  to.counts.assign(to.values.size(), 0);
  const Size width = samples.shape.count();
  for (Size row = 0; row < samples.count(); ++row)
    if (const float value = samples.features[std::size_t(row * width + at)]; std::isnan(value))
      ++to.missing;
    else
      ++to.counts[std::size_t(value)];
}

void summarize_number(const Samples& samples, Size at, const FeatureSummary* older,
                      FeatureSummary& to) {
  const Size width = samples.shape.count();
  for (Size row = 0; row < samples.count(); ++row)
    if (const float x = samples.features[std::size_t(row * width + at)]; !std::isnan(x))
      to.ranks.push_back(x);
  to.missing = samples.count() - Size(to.ranks.size());
  if (to.ranks.empty()) return;
  std::sort(to.ranks.begin(), to.ranks.end());
  to.low = to.ranks.front(), to.high = to.ranks.back();
  for (const float x : to.ranks) to.mean += double(x) / double(to.ranks.size());
  double squares = 0;
  for (const float x : to.ranks) squares += (double(x) - to.mean) * (double(x) - to.mean);
  to.deviation = std::sqrt(squares / double(to.ranks.size()));
  if (!older || older->ranks.empty()) return;
  to.below =
      std::lower_bound(to.ranks.begin(), to.ranks.end(), older->ranks.front()) - to.ranks.begin();
  to.above =
      to.ranks.end() - std::upper_bound(to.ranks.begin(), to.ranks.end(), older->ranks.back());
}

}  // namespace

std::vector<SummarizedFeature> summarized_features(const Columns& columns) {
  std::vector<SummarizedFeature> features;
  Size at = 0;
  for (const Column& column : columns.list) {
    const Size width = Size(column.features().size());
    if (width > 0) {
      SummarizedFeature& feature =
          features.emplace_back(SummarizedFeature{column.name, at, column.is_date()});
      if (column.kind == "boolean") feature.values = {"no", "yes"};
      if (!column.values.empty()) {
        feature.values = {"other values"};
        feature.values.insert(feature.values.end(), column.values.begin(), column.values.end());
      }
    }
    at += width;
  }
  return features;
}

DataSummary summarize(const Samples& samples, const std::vector<SummarizedFeature>& features,
                      const DataSummary* older) {
  DataSummary summary{samples.count()};
  for (std::size_t i = 0; i < features.size(); ++i) {
    FeatureSummary& one = summary.features.emplace_back(FeatureSummary{
        .name = features[i].name, .date = features[i].date, .values = features[i].values});
    if (one.is_number())
      summarize_number(samples, features[i].at, older ? &older->features[i] : nullptr, one);
    else
      summarize_category(samples, features[i].at, one);
  }
  return summary;
}

}  // namespace goodfit
