#include "goodfit/study/start/suspicion.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_set>

namespace goodfit {
namespace {

constexpr double suspicious = 0.99;
constexpr Size most_rows = 20000;  // are enough

// What the neighbours say of one target: how often each value, and their sum.
struct Neighbours {
  std::map<float, Size> counts;
  double sum = 0;
  Size count = 0;

  void add(float target, int times) {
    counts[target] += times;
    sum += times * double(target);
    count += times;
  }
  bool says(float target) const {  // more often than any other
    const auto own = counts.find(target);
    if (own == counts.end() || own->second == 0) return false;
    return std::all_of(counts.begin(), counts.end(), [&](const auto& other) {
      return other.first == target || other.second < own->second;
    });
  }
};

// How much of what is not known without it one column explains.
double explained(const std::vector<float>& column, const std::vector<float>& targets,
                 bool classes) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < column.size(); ++i)
    if (!std::isnan(column[i])) order.push_back(i);
  if (order.size() < 20) return 0;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return column[a] < column[b]; });
  double wrong = 0;
  Neighbours all;
  for (const std::size_t i : order) all.add(targets[i], 1);
  const auto judge = [&](Neighbours& others, float target) {
    if (classes)
      wrong += !others.says(target);
    else
      wrong += std::pow(others.sum / double(others.count) - double(target), 2);
  };
  for (std::size_t begin = 0, end; begin < order.size(); begin = end) {
    for (end = begin; end < order.size() && column[order[end]] == column[order[begin]];) ++end;
    Neighbours same;
    for (std::size_t i = begin; i < end; ++i) same.add(targets[order[i]], 1);
    for (std::size_t i = begin; i < end; ++i) {
      const float own = targets[order[i]];
      if (end - begin > 1) {
        same.add(own, -1);
        judge(same, own);
        same.add(own, 1);
      } else {
        Neighbours beside;
        if (i > 0) beside.add(targets[order[i - 1]], 1);
        if (i + 1 < order.size()) beside.add(targets[order[i + 1]], 1);
        judge(beside, own);
      }
    }
  }
  double unknown = 0;
  if (classes) {
    Size most = 0;
    for (const auto& [target, count] : all.counts) most = std::max(most, count);
    unknown = double(all.count - most);
  } else {
    const double mean = all.sum / double(all.count);
    for (const std::size_t i : order) unknown += std::pow(double(targets[i]) - mean, 2);
  }
  return unknown > 0 ? 1 - wrong / unknown : 0;
}

std::string_view bytes_of(ConstSpan numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

// Of features and target; equal by chance once in 10^10 for sets of 10^5 rows.
std::size_t hash_of(const Portion& portion, Size row) {
  const Samples& all = *portion.samples;
  const auto of = [&](const std::vector<float>& numbers, Size width) {
    return std::hash<std::string_view>()(
        bytes_of(ConstSpan(numbers).subspan(std::size_t(row * width), std::size_t(width))));
  };
  return of(all.features, all.shape.count()) * 31 + of(all.targets, all.target_width);
}

}  // namespace

std::vector<Leak> leaks(const Data& data, bool classes) {
  const Samples& all = data.train;
  const auto width = std::size_t(all.shape.count());
  const auto count = std::size_t(std::min(all.count(), most_rows));
  std::vector<Leak> found;
  std::vector<float> column(count);
  const std::vector<float> targets(all.targets.begin(),
                                   all.targets.begin() + std::ptrdiff_t(count));
  for (std::size_t j = 0; j < width; ++j) {
    for (std::size_t i = 0; i < count; ++i) column[i] = all.features[i * width + j];
    if (const double share = explained(column, targets, classes); share >= suspicious)
      found.push_back({data.features[j], share});
  }
  return found;
}

std::optional<std::string> repeats(const Portions& portions) {
  if (portions.train.samples->reader) return std::nullopt;
  std::unordered_set<std::size_t> known;
  for (const Size row : portions.train.rows) known.insert(hash_of(portions.train, row));
  const auto count = [&](const Portion& portion) {
    return std::count_if(portion.rows.begin(), portion.rows.end(),
                         [&](Size row) { return known.count(hash_of(portion, row)) > 0; });
  };
  const auto validation = count(portions.validation), test = count(portions.test);
  if (validation + test == 0) return std::nullopt;
  return fmt::format(
      "{} of {} test rows and {} of {} validation rows are in the training rows as well: scores "
      "will be too good by that",
      test, portions.test.count(), validation, portions.validation.count());
}

std::vector<std::string> rare_classes(const ColumnSurvey& target) {
  constexpr Size few = 10;
  std::vector<std::string> lines;
  for (const auto& [value, count] : target.values)
    if (count < few)
      lines.push_back(fmt::format("class {} has {} row{} only, too few to learn from",
                                  shortened(value), count, count == 1 ? "" : "s"));
  return lines;
}

}  // namespace goodfit
