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
  const auto each = [&](const auto& see) {
    for (Size row = 0; row < samples.count(); ++row)
      if (const float x = samples.features[std::size_t(row * width + at)]; !std::isnan(x))
        see(double(x));
  };
  double sum = 0, squares = 0, count = 0;
  each([&](double x) {
    if (count == 0) to.low = to.high = x;
    to.low = std::min(to.low, x), to.high = std::max(to.high, x);
    sum += x, count += 1;
    if (older && !older->ranks.empty()) to.below += x<older->low, to.above += x> older->high;
  });
  to.missing = samples.count() - Size(count);
  if (count == 0) return;
  to.mean = sum / count;
  each([&](double x) { squares += (x - to.mean) * (x - to.mean); });
  to.deviation = std::sqrt(squares / count);
}

void rank(const Samples& samples, Size at, FeatureSummary& to) {
  const std::size_t width = std::size_t(samples.shape.count());
  for (std::size_t i = std::size_t(at); i < samples.features.size(); i += width)
    if (!std::isnan(samples.features[i])) to.ranks.push_back(samples.features[i]);
  std::sort(to.ranks.begin(), to.ranks.end());
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
        feature.values = {other_values};
        feature.values.insert(feature.values.end(), column.values.begin(), column.values.end());
      }
    }
    at += width;
  }
  return features;
}

DataSummary summarize(const Samples& samples, const std::vector<SummarizedFeature>& features,
                      const DataSummary* older, const Samples* ranked) {
  DataSummary summary{samples.count()};
  for (std::size_t i = 0; i < features.size(); ++i) {
    FeatureSummary& one = summary.features.emplace_back(FeatureSummary{
        .name = features[i].name, .date = features[i].date, .values = features[i].values});
    if (one.is_number()) {
      summarize_number(samples, features[i].at, older ? &older->features[i] : nullptr, one);
      rank(ranked ? *ranked : samples, features[i].at, one);
    } else {
      summarize_category(samples, features[i].at, one);
    }
  }
  return summary;
}

}  // namespace goodfit
