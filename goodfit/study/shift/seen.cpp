#include "goodfit/study/shift/seen.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <set>

#include "goodfit/base/fields.hpp"
#include "goodfit/study/shift/joint.hpp"

namespace goodfit {
namespace {

constexpr Size most_read = 4'000'000, most_kept = 32'000;

// The rows of which each is the first of its group.
std::vector<Size> one_of_each(const Data& data, const Portion& portion, const std::string& group,
                              const std::vector<Size>& rows) {
  const auto key = data.keys.find(group);
  const auto name = std::find(data.features.begin(), data.features.end(), group);
  const bool keyed = key != data.keys.end();
  if (portion.samples != &data.train || (!keyed && name == data.features.end())) return rows;
  std::set<double> groups;
  std::vector<Size> firsts;
  for (const Size row : rows) {
    const Size at = row * data.train.shape.count() + (name - data.features.begin());
    const double of =
        keyed ? key->second[std::size_t(row)] : double(data.train.features[std::size_t(at)]);
    if (groups.insert(of).second) firsts.push_back(row);
  }
  return firsts;
}

// What stands in any row is neither new nor outside.
void widen(DataSummary& summary, const DataSummary& all) {
  for (std::size_t i = 0; i < summary.features.size(); ++i) {
    FeatureSummary& one = summary.features[i];
    const FeatureSummary& whole = all.features[i];
    one.low = whole.low, one.high = whole.high;
    for (std::size_t value = 0; value < one.counts.size(); ++value)
      if (one.counts[value] == 0 && whole.counts[value] > 0) one.counts[value] = 1;
  }
}

// The fewest digits that are read as the same number.
std::string numbers_text(const float* numbers, Size count) {
  std::string text;
  for (Size i = 0; i < count; ++i) {
    char digits[32];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, numbers[i]).ptr) += ' ';
  }
  return text;
}

template <class T>
void take(const Setting& from, std::string_view key, T& to) {
  const Setting* found = from.find(key);
  if (!found) fail("{}: lacks \"{}\": delete the file, and nothing is compared", from.place(), key);
  read_member(*found, to);
}

}  // namespace

Seen seen_of(const Inputs& inputs, const Data& data, const Portion& portion,
             const std::string& group, const DataSummary* older) {
  const auto& features = inputs.features();
  const Size width = std::max<Size>(1, Size(features.size()));
  const Size most = std::max<Size>(500, most_read / portion.samples->shape.count());
  const std::vector<Size> all = drawn_rows(portion.rows, most);
  const std::vector<Size> apart =
      group.empty() ? all : drawn_rows(one_of_each(data, portion, group, portion.rows), most);
  const Samples some = inputs.rows({portion.samples, apart});
  Portion kept = whole(some);
  kept.rows = drawn_rows(kept.rows, std::clamp<Size>(most_kept / width, 100, 1000));
  Seen seen{{}, kept.copy()};
  seen.summary = summarize(some, features, older, &seen.rows);
  if (!older && apart.size() < all.size())
    widen(seen.summary,
          summarize(inputs.rows({portion.samples, all}), features, nullptr, &seen.rows));
  return seen;
}

Shift shift_of(const Seen& old, const Seen& next, const Inputs& inputs) {
  Shift shift = shift_of(old.summary, next.summary);
  if (const auto joint = joint_test(old.rows, next.rows, inputs.features()))
    add_joint(shift, *joint);
  return shift;
}

Setting to_setting(const Seen& seen) {
  Setting::List features, rows;
  for (const FeatureSummary& one : seen.summary.features) {
    Setting feature{Setting::Table{}};
    feature["name"] = one.name, feature["missing"] = one.missing;
    if (one.is_number()) {
      feature["low"] = one.low, feature["high"] = one.high;
      feature["mean"] = one.mean, feature["deviation"] = one.deviation;
    } else {
      feature["values"] = Setting::List(one.values.begin(), one.values.end());
      feature["counts"] = Setting::List(one.counts.begin(), one.counts.end());
    }
    features.push_back(std::move(feature));
  }
  const Size width = seen.rows.shape.count();
  for (Size i = 0; i < seen.rows.count(); ++i)
    rows.emplace_back(numbers_text(seen.rows.features.data() + i * width, width));
  Setting said{Setting::Table{}};
  said["rows"] = seen.summary.rows;
  said["features"] = std::move(features);
  said["sample"] = std::move(rows);
  return said;
}

Seen seen_from(const Setting& table, const Inputs& inputs) {
  const auto& features = inputs.features();
  Seen seen{{}, {.shape = {Size(features.size())}, .target_width = 0}};
  std::vector<std::string> rows;
  take(table, "sample", rows);
  for (const std::string& row : rows) {
    const char *at = row.data(), *end = at + row.size();
    for (std::size_t i = 0; i < features.size(); ++i) {
      float& number = seen.rows.features.emplace_back();
      const auto [after, error] = std::from_chars(at, end, number);
      if (error != std::errc{} || after == end)
        fail("{}: a row of the sample is no list of {} numbers", table.place(), features.size());
      at = after + 1;
    }
  }
  seen.summary = summarize(seen.rows, features);
  take(table, "rows", seen.summary.rows);
  const Setting* list = table.find("features");
  if (!list || !list->list() || list->list()->size() != features.size())
    fail("{}: is of other features than this run's", table.place());
  for (std::size_t i = 0; i < features.size(); ++i) {
    FeatureSummary& one = seen.summary.features[i];
    const Setting& from = (*list->list())[i];
    take(from, "missing", one.missing);
    if (one.is_number()) {
      take(from, "low", one.low), take(from, "high", one.high);
      take(from, "mean", one.mean), take(from, "deviation", one.deviation);
      continue;
    }
    take(from, "counts", one.counts);
    if (one.counts.size() != one.values.size())
      fail("{}: is not a count for each value", from.place());
  }
  return seen;
}

}  // namespace goodfit
