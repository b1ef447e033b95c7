#include "goodfit/study/compare/sweep.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "goodfit/base/error.hpp"
#include "goodfit/base/random.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

std::vector<std::string> split_values(std::string_view text) {
  std::vector<std::string> values{""};
  int depth = 0;
  char quote = 0;
  for (const char c : text) {
    if (quote != 0)
      quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '[' || c == '{')
      ++depth;
    else if (c == ']' || c == '}')
      --depth;
    if (c == ',' && depth == 0 && quote == 0)
      values.emplace_back();
    else
      values.back() += c;
  }
  return values;
}

std::optional<double> number_in(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}
bool whole(std::string_view text) { return text.find_first_of(".eE") == text.npos; }

std::string draw_from(const Varied& one, std::uint64_t seed, Size i) {
  Random random(seed, stream_of("sweep/" + one.key), std::uint32_t(i));
  if (!one.range) return one.values[std::size_t(random.below(Size(one.values.size())))];
  const double low = *number_in(one.values[0]), high = *number_in(one.values[1]);
  const double share = random.uniform();
  const bool whole_numbers = whole(one.values[0]) && whole(one.values[1]);
  if (low > 0 && high >= 10 * low) {
    const double drawn = low * std::pow(high / low, share);
    return whole_numbers ? fmt::format("{}", std::lround(drawn)) : rounded_text(drawn);
  }
  if (!whole_numbers) return rounded_text(low + (high - low) * share);
  return fmt::format("{}", std::lround(std::floor(low + (high - low + 1) * share)));
}

// Recipes of different folders may have the same name.
std::vector<std::string> names_of(const std::vector<std::string>& recipes) {
  std::set<std::string> stems;
  for (const std::string& recipe : recipes) stems.insert(std::filesystem::path(recipe).stem());
  std::vector<std::string> names;
  for (const std::string& recipe : recipes)
    names.push_back(stems.size() == recipes.size() ? std::filesystem::path(recipe).stem().string()
                                                   : recipe);
  return names;
}

// `chosen`: a value for each one.
Variant variant_of(const std::string& recipe, const std::string& name,
                   const std::vector<Varied>& varied, const std::vector<std::string>& chosen) {
  Variant variant{name, recipe, {}};
  for (std::size_t a = 0; a < varied.size(); ++a) {
    const std::string assignment = varied[a].key + "=" + chosen[a];
    variant.overrides.push_back(assignment);
    if (varied[a].values.size() > 1) variant.name += (variant.name.empty() ? "" : " ") + assignment;
  }
  return variant;
}

}  // namespace

Varied read_varied(std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  if (equals == assignment.npos || equals == 0)
    fail(
        "compare: {} is neither a recipe file, which ends with .toml, nor KEY=VALUES such as "
        "lr=1e-3,1e-2",
        in_quotes(assignment));
  Varied one{std::string(assignment.substr(0, equals)),
             split_values(assignment.substr(equals + 1))};
  for (const std::string& value : one.values)
    if (value.empty()) fail("compare: {} has an empty value", in_quotes(assignment));
  const std::string& only = one.values.front();
  const std::size_t dots = only.find("..");
  if (one.values.size() > 1 || dots == only.npos) return one;
  const auto low = number_in(std::string_view(only).substr(0, dots)),
             high = number_in(std::string_view(only).substr(dots + 2));
  if (!low && !high) return one;  // a path such as ../data
  if (!low || !high || !(*low < *high))
    fail("compare: {} is no range: write LOW..HIGH with a lower number first",
         in_quotes(assignment));
  return {one.key, {only.substr(0, dots), only.substr(dots + 2)}, true};
}

std::vector<Variant> grid_of(const std::vector<std::string>& recipes,
                             const std::vector<Varied>& varied) {
  for (const Varied& one : varied)
    if (one.range)
      fail(
          "compare: {} is a range, which a grid cannot have: draw from it with --random N, or "
          "list values: {}={},{}",
          one.key, one.key, one.values[0], one.values[1]);
  const std::vector<std::string> names = names_of(recipes);
  std::vector<Variant> variants;
  for (std::size_t r = 0; r < recipes.size(); ++r) {
    std::vector<std::size_t> at(varied.size(), 0);
    for (bool more = true; more;) {
      std::vector<std::string> chosen;
      for (std::size_t a = 0; a < varied.size(); ++a) chosen.push_back(varied[a].values[at[a]]);
      variants.push_back(
          variant_of(recipes[r], recipes.size() > 1 ? names[r] : "", varied, chosen));
      more = false;
      for (std::size_t a = varied.size(); a-- > 0 && !more;) {  // the last setting moves first
        more = ++at[a] < varied[a].values.size();
        if (!more) at[a] = 0;
      }
    }
  }
  return variants;
}

std::vector<Variant> random_of(const std::vector<std::string>& recipes,
                               const std::vector<Varied>& varied, Size count, std::uint64_t seed) {
  const std::vector<std::string> names = names_of(recipes);
  std::vector<Variant> variants;
  for (std::size_t r = 0; r < recipes.size(); ++r) {
    std::set<std::vector<std::string>> known;
    for (Size i = 0; Size(known.size()) < count && i < 100 * count; ++i) {
      std::vector<std::string> chosen;
      for (const Varied& one : varied) chosen.push_back(draw_from(one, seed, i));
      if (known.insert(chosen).second)
        variants.push_back(
            variant_of(recipes[r], recipes.size() > 1 ? names[r] : "", varied, chosen));
    }
  }
  return variants;
}

std::string folder_name(const std::string& variant) {
  std::string name = variant;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c)) &&
        std::string_view("._-=+").find(c) == std::string_view::npos)
      c = c == ' ' ? ',' : '_';
  const bool told_apart = name.find('_') == name.npos && variant.find(',') == variant.npos;
  if (told_apart && name.size() <= 80) return name;
  return fmt::format("{}-{:08x}", name.substr(0, 80), stream_of(variant));
}

}  // namespace goodfit
