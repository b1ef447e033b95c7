#include "goodfit/base/error.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

namespace goodfit {
namespace {

// Levenshtein distance, one row at a time.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view name, std::span<const std::string> known) {
  std::string best;
  std::size_t least = std::max<std::size_t>(2, name.size() / 2);  // farther is no help
  for (const std::string& candidate : known) {
    const std::size_t d = distance(name, candidate);
    if (d >= std::max(name.size(), candidate.size())) continue;  // nothing in common
    if (d < least || (d == least && best.empty())) least = d, best = candidate;
  }
  return best;
}

void fail_unknown(std::string_view place, std::string_view what, std::string_view name,
                  std::span<const std::string> known) {
  const std::string near = nearest(name, known);
  const std::string hint = near.empty() ? "" : fmt::format(" did you mean \"{}\"?", near);
  throw Error(fmt::format("{}{}unknown {} \"{}\";{} known: {}", place, place.empty() ? "" : ": ",
                          what, name, hint, joined(known, ", ")));
}

void must(bool holds, const char* why, const char* file, int line) {
  if (!holds) throw std::logic_error(fmt::format("{}:{}: {}", file, line, why));
}

}  // namespace goodfit
