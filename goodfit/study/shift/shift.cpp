#include "goodfit/study/shift/shift.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "goodfit/base/fields.hpp"
#include "goodfit/study/compare/paired.hpp"
#include "goodfit/study/shift/two_samples.hpp"

namespace goodfit {
namespace {

constexpr double large = 0.1;  // in deviations

// One side of a comparison.
struct Side {
  const FeatureSummary& feature;
  const DataSummary& all;

  double rows() const { return double(all.rows - feature.missing); }
  double missing_share() const { return double(feature.missing) / double(all.rows); }
};

std::string value_name(const FeatureSummary& feature, std::size_t i) {
  return feature.values[i].empty() ? "(empty)" : feature.values[i];
}

std::string percent(double share) { return fmt::format("{:.3g} %", 100 * share); }

void add_words(std::string& text, const std::string& more) {
  text += (text.empty() ? "" : ", ") + more;
}

// p of the values; what became of them goes into the shift.
double compare_numbers(const Side& old, const Side& next, FeatureShift& shift) {
  const FeatureSummary &a = old.feature, &b = next.feature;
  if (a.ranks.empty() || b.ranks.empty()) return 1;
  shift.distance = ks_distance(a.ranks, b.ranks);
  const double pooled = std::sqrt((a.deviation * a.deviation + b.deviation * b.deviation) / 2);
  if (b.mean != a.mean) shift.moved = (b.mean - a.mean) / pooled;
  const double spread = a.deviation > 0 ? b.deviation / a.deviation : 1;
  const bool wider = spread > 1.25 || spread < 0.8;
  if (std::abs(shift.moved) >= large || !wider)
    shift.change = "mean " + value_text(a.mean, a.date) + " → " + value_text(b.mean, a.date);
  if (wider)
    add_words(shift.change, fmt::format("deviation {:.3g} → {:.3g}", a.deviation, b.deviation));
  return ks_p(shift.distance, double(a.ranks.size()), double(b.ranks.size()));
}

// p of values outside the range.
double compare_range(const Side& old, const Side& next, FeatureShift& shift) {
  const FeatureSummary &a = old.feature, &b = next.feature;
  shift.low = a.low, shift.high = a.high;
  shift.below = b.below, shift.above = b.above;
  shift.farthest = b.high - a.high >= a.low - b.low ? b.high : b.low;
  // Where most values are the same, the range says little of what may come.
  const std::size_t n = a.ranks.size();
  const double beyond = std::max(b.high - a.high, a.low - b.low);
  shift.far = b.below + b.above > 0 && n >= 20 && a.ranks[n / 4] < a.ranks[3 * n / 4] &&
              beyond > 3 * (a.high - a.low);
  return range_p(double(b.below), double(b.above), old.rows(), next.rows());
}

double compare_categories(const Side& old, const Side& next, FeatureShift& shift) {
  const std::vector<Size>&a = old.feature.counts, &b = next.feature.counts;
  const double n = old.rows(), m = next.rows();
  if (n == 0 || m == 0) return 1;
  shift.distance = total_variation(a, b);
  const auto change = [&](std::size_t i) { return std::abs(double(b[i]) / m - double(a[i]) / n); };
  std::size_t most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (change(i) > change(most)) most = i;
    if (a[i] == 0 && b[i] > 0) shift.unseen.emplace_back(value_name(old.feature, i), b[i]);
  }
  std::stable_sort(shift.unseen.begin(), shift.unseen.end(),
                   [](const auto& x, const auto& y) { return x.second > y.second; });
  shift.change = value_name(old.feature, most) + " " + percent(double(a[most]) / n) + " → " +
                 percent(double(b[most]) / m);
  return a.size() > 2 ? homogeneity_p(a, b) : fisher_p(double(a[0]), n, double(b[0]), m);
}

double compare_missing(const Side& old, const Side& next, FeatureShift& shift) {
  shift.missing_a = old.missing_share(), shift.missing_b = next.missing_share();
  const double p = fisher_p(double(old.feature.missing), double(old.all.rows),
                            double(next.feature.missing), double(next.all.rows));
  if (p < Shift::level)
    add_words(shift.change,
              "missing " + percent(shift.missing_a) + " → " + percent(shift.missing_b));
  return p;
}

}  // namespace

std::string value_text(double value, bool date) {
  if (!date) return fmt::format("{:.4g}", value);
  const std::chrono::sys_days day{std::chrono::days{std::int64_t(std::floor(value))}};
  const std::chrono::year_month_day on{day};
  return fmt::format("{}-{:02}-{:02}", int(on.year()), unsigned(on.month()), unsigned(on.day()));
}

double FeatureShift::effect() const { return std::max(distance, std::abs(missing_b - missing_a)); }

bool FeatureShift::matters(double level) const {
  return p < level && (effect() >= 0.05 || below + above > 0);
}

bool Shift::matters(double level) const {
  return (joint && joint->p < level) ||
         std::any_of(features.begin(), features.end(),
                     [&](const FeatureShift& one) { return one.matters(level); });
}

double Shift::p() const {
  double smallest = joint ? joint->p : 1;
  for (const FeatureShift& feature : features) smallest = std::min(smallest, feature.p);
  return smallest;
}

Shift shift_of(const DataSummary& a, const DataSummary& b) {
  Shift shift{a.rows, b.rows};
  if (a.rows == 0 || b.rows == 0) return shift;
  std::vector<double> p;  // of all tests
  std::vector<std::size_t> feature_of;
  for (std::size_t i = 0; i < std::min(a.features.size(), b.features.size()); ++i) {
    const Side old{a.features[i], a}, next{b.features[i], b};
    FeatureShift& one = shift.features.emplace_back(
        FeatureShift{.name = old.feature.name, .date = old.feature.date});
    const auto add = [&](double chance) { p.push_back(chance), feature_of.push_back(i); };
    if (old.feature.is_number()) {
      add(compare_numbers(old, next, one));
      add(compare_range(old, next, one));
    } else {
      add(compare_categories(old, next, one));
    }
    if (old.feature.missing + next.feature.missing > 0) add(compare_missing(old, next, one));
  }
  p = holm(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    FeatureShift& one = shift.features[feature_of[i]];
    one.p = std::min(one.p, p[i]);
  }
  std::stable_sort(shift.features.begin(), shift.features.end(), [](const auto& x, const auto& y) {
    const bool one = x.p < Shift::level, other = y.p < Shift::level;
    return one != other ? one : one ? x.effect() > y.effect() : x.p < y.p;
  });
  return shift;
}

void add_joint(Shift& shift, const Joint& joint) {
  for (FeatureShift& feature : shift.features) feature.p = std::min(1.0, 2 * feature.p);
  shift.joint = joint;
  shift.joint->p = std::min(1.0, 2 * joint.p);
}

Setting to_setting(const Shift& shift) {
  Setting::List features;
  for (const FeatureShift& one : shift.features) {
    Setting::List unseen;
    for (const auto& [value, count] : one.unseen)
      unseen.push_back(Setting::Table{{"value", value}, {"count", count}});
    features.push_back(Setting::Table{{"name", one.name},
                                      {"p", one.p},
                                      {"shift", one.p < Shift::level},
                                      {"distance", one.distance},
                                      {"moved", one.moved},
                                      {"missing", Setting::List{one.missing_a, one.missing_b}},
                                      {"below", one.below},
                                      {"above", one.above},
                                      {"farthest", one.farthest},
                                      {"unseen", unseen},
                                      {"change", one.change}});
  }
  Setting said{Setting::Table{{"shift", shift.found()},
                              {"p", shift.p()},
                              {"rows", Setting::List{shift.rows_a, shift.rows_b}},
                              {"features", features}}};
  if (const auto& joint = shift.joint)
    said["joint"] = Setting::Table{{"auc", joint->auc},
                                   {"p", joint->p},
                                   {"rows", joint->rows},
                                   {"by", Setting::List(joint->by.begin(), joint->by.end())}};
  return said;
}

}  // namespace goodfit
