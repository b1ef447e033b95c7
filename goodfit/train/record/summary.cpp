#include "goodfit/train/record/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/error.hpp"
#include "goodfit/base/fields.hpp"
#include "goodfit/compute/kernels/summary/summary.hpp"
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
  const float* const x = numbers.data();
  const Size n = Size(numbers.size());
  const auto count = double(std::max<Size>(1, n));
  is.mean = kernels::sum(x, n) / count;
  is.zeros = double(kernels::zeros(x, n)) / count;
  is.variance = kernels::squares(x, n, is.mean) / count;
  const double deviation = std::sqrt(is.variance);
  is.low = is.mean - 3 * deviation;
  is.high = is.mean + 3 * deviation;
  is.counts.assign(Summary::bins, 0);
  if (!std::isfinite(deviation)) {
    is.counts[0] = n;
    return is;
  }
  const double bins_per_unit = deviation > 0 ? Summary::bins / (6 * deviation) : 0;
  kernels::count_bins(x, n, is.mean, bins_per_unit, Size(Summary::bins), is.counts.data());
  return is;
}

std::optional<double> change_of(ConstSpan before, ConstSpan now) {
  const Size n = Size(before.size());
  const double size = kernels::squares(before.data(), n, 0);
  if (!(size > 0)) return std::nullopt;
  return std::sqrt(kernels::distance(before.data(), now.data(), n) / size);
}

Setting to_setting(const Summary& summary) {
  Setting table = Setting::Table{{"mean", shortened(summary.mean)},
                                 {"variance", shortened(summary.variance)},
                                 {"zeros", shortened(summary.zeros)},
                                 {"low", shortened(summary.low)},
                                 {"high", shortened(summary.high)}};
  table["counts"] = Setting::List(summary.counts.begin(), summary.counts.end());
  return table;
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
