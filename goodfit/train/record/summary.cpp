#include "goodfit/train/record/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "goodfit/base/error.hpp"
#include "goodfit/base/fields.hpp"
#include "goodfit/train/record/reports.hpp"

namespace goodfit {
namespace {

// A record holds many of them, and nobody needs more digits.
Setting shortened(double value) {
  return std::isfinite(value) ? Setting(std::stod(fmt::format("{:.5g}", value))) : Setting();
}

// Σ term(x), in columns: no addition waits for the one before.
template <class Term, class... More>
double sum_of(const Term& term, ConstSpan numbers, const More&... more) {
  constexpr std::size_t columns = 8;
  double sums[columns] = {};
  std::size_t i = 0;
  for (; i + columns <= numbers.size(); i += columns)
    for (std::size_t k = 0; k < columns; ++k)
      sums[k] += term(double(numbers[i + k]), double(more[i + k])...);
  for (; i < numbers.size(); ++i) sums[0] += term(double(numbers[i]), double(more[i])...);
  return std::accumulate(std::begin(sums), std::end(sums), 0.0);
}

}  // namespace

Summary summary_of(ConstSpan numbers) {
  Summary is;
  const auto count = double(std::max<std::size_t>(1, numbers.size()));
  is.mean = sum_of([](double x) { return x; }, numbers) / count;
  is.zeros = sum_of([](double x) { return x == 0 ? 1.0 : 0.0; }, numbers) / count;
  const auto square = [mean = is.mean](double x) { return (x - mean) * (x - mean); };
  is.variance = sum_of(square, numbers) / count;
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
  std::array<std::array<Size, Summary::bins>, 4> counts{};  // taken in turn, for the same reason
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const int bin = int(middle + (double(numbers[i]) - is.mean) * bins_per_unit);
    ++counts[i % 4][std::size_t(std::min(std::max(bin, 0), last))];
  }
  for (const auto& part : counts)
    for (std::size_t bin = 0; bin < Summary::bins; ++bin) is.counts[bin] += part[bin];
  return is;
}

std::optional<double> change_of(ConstSpan before, ConstSpan now) {
  const auto square = [](double x) { return x * x; };
  const double size = sum_of(square, before);
  if (!(size > 0)) return std::nullopt;
  const auto moved = [square](double x, double y) { return square(y - x); };
  return std::sqrt(sum_of(moved, before, now) / size);
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
