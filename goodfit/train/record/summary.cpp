#include "goodfit/train/record/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/base/fields.hpp"
#include "goodfit/train/record/reports.hpp"

namespace goodfit {
namespace {

// A record holds many of them, and nobody needs more digits.
Setting shortened(double value) {
  return std::isfinite(value) ? Setting(std::stod(fmt::format("{:.5g}", value))) : Setting();
}

}  // namespace

Summary summary_of(ConstSpan numbers) {
  Summary is;
  const auto count = double(std::max<std::size_t>(1, numbers.size()));
  double sum = 0, squares = 0;
  Size zeros = 0;
  for (const float x : numbers) {
    sum += x;
    zeros += x == 0;
  }
  is.mean = sum / count;
  is.zeros = double(zeros) / count;
  for (const float x : numbers) squares += (x - is.mean) * (x - is.mean);
  is.variance = squares / count;
  const double deviation = std::sqrt(is.variance);
  is.low = is.mean - 3 * deviation;
  is.high = is.mean + 3 * deviation;
  is.counts.assign(Summary::bins, 0);
  if (!std::isfinite(deviation)) {
    is.counts[0] = Size(numbers.size());
    return is;
  }
  constexpr double middle = Summary::bins / 2.0;
  constexpr int last = Summary::bins - 1;
  const double bins_per_unit = deviation > 0 ? middle / (3 * deviation) : 0;
  for (const float x : numbers) {
    const int bin = int(middle + (x - is.mean) * bins_per_unit);
    ++is.counts[std::size_t(std::min(std::max(bin, 0), last))];
  }
  return is;
}

Setting to_setting(const Summary& summary) {
  Setting::List counts;
  for (const Size count : summary.counts) counts.emplace_back(std::int64_t(count));
  return Setting::Table{
      {"mean", shortened(summary.mean)},   {"variance", shortened(summary.variance)},
      {"zeros", shortened(summary.zeros)}, {"low", shortened(summary.low)},
      {"high", shortened(summary.high)},   {"counts", counts}};
}

Summary summary_from(const Setting& table) {
  Summary summary{event_number(table, "mean"), event_number(table, "variance"),
                  event_number(table, "zeros"), event_number(table, "low"),
                  event_number(table, "high")};
  const Setting* counts = table.find("counts");
  if (!counts || !counts->list()) fail("{}: a summary without counts", table.place());
  for (const Setting& count : *counts->list()) read_member(count, summary.counts.emplace_back());
  return summary;
}

}  // namespace goodfit
