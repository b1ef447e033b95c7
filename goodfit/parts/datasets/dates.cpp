#include "goodfit/parts/datasets/dates.hpp"

#include <charconv>
#include <chrono>
#include <cmath>
#include <numbers>

namespace goodfit {
namespace {

// Takes a number of so many digits off the front.
std::optional<int> taken(std::string_view& text, std::size_t least, std::size_t most) {
  std::size_t digits = 0;
  while (digits < text.size() && digits < most && text[digits] >= '0' && text[digits] <= '9')
    ++digits;
  if (digits < least) return std::nullopt;
  int value = 0;
  std::from_chars(text.data(), text.data() + digits, value);
  text.remove_prefix(digits);
  return value;
}

bool taken_sign(std::string_view& text, std::string_view signs) {
  if (text.empty() || signs.find(text[0]) == signs.npos) return false;
  text.remove_prefix(1);
  return true;
}

// The share of a day at 12:34:56.7; nothing when it is no time.
std::optional<double> time_of(std::string_view text) {
  const auto hours = taken(text, 1, 2);
  if (!hours || *hours > 23 || !taken_sign(text, ":")) return std::nullopt;
  const auto minutes = taken(text, 2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  double seconds = 0;
  if (taken_sign(text, ":")) {
    const auto whole = taken(text, 2, 2);
    if (!whole || *whole > 60) return std::nullopt;
    seconds = *whole;
    if (taken_sign(text, ".,"))
      while (taken(text, 1, 9)) {
      }
  }
  if (taken_sign(text, " ")) text = text.substr(std::min(text.size(), text.find_first_not_of(' ')));
  if (taken_sign(text, "+-")) {
    if (!taken(text, 2, 2)) return std::nullopt;
    taken_sign(text, ":");
    if (!text.empty() && !taken(text, 2, 2)) return std::nullopt;
  } else if (text == "Z" || text == "UTC") {
    text = {};
  }
  if (!text.empty()) return std::nullopt;
  return (*hours * 3600 + *minutes * 60 + seconds) / 86400;
}

std::optional<double> day_of(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(unsigned(month)),
                                         std::chrono::day(unsigned(day))};
  if (!date.ok() || year < 1000) return std::nullopt;
  return double(std::chrono::sys_days(date).time_since_epoch().count());
}

}  // namespace

std::optional<double> days_of(std::string_view text, DateForm form) {
  const bool year_first = form == DateForm::ymd;
  const auto first = year_first ? taken(text, 4, 4) : taken(text, 1, 2);
  if (!first) return std::nullopt;
  std::optional<int> second, third;
  if (year_first && text.size() == 4 && text.find_first_not_of("0123456789") == text.npos) {
    second = taken(text, 2, 2), third = taken(text, 2, 2);
  } else {
    const std::string_view sign = text.substr(0, 1);
    if (!taken_sign(text, "-/.")) return std::nullopt;
    second = taken(text, 1, 2);
    if (!second || !taken_sign(text, sign)) return std::nullopt;
    third = year_first ? taken(text, 1, 2) : taken(text, 4, 4);
  }
  if (!third) return std::nullopt;
  const auto day = year_first              ? day_of(*first, *second, *third)
                   : form == DateForm::dmy ? day_of(*third, *second, *first)
                                           : day_of(*third, *first, *second);
  if (!day || text.empty()) return day;
  if (!taken_sign(text, "T ")) return std::nullopt;
  const auto time = time_of(text);
  return time ? std::optional(*day + *time) : std::nullopt;
}

std::vector<std::string> date_names(const std::string& name, bool clock) {
  std::vector<std::string> names{name, name + " (year, sin)", name + " (year, cos)",
                                 name + " (week, sin)", name + " (week, cos)"};
  if (clock) names.insert(names.end(), {name + " (day, sin)", name + " (day, cos)"});
  return names;
}

void add_date(double days, bool clock, std::vector<float>& to) {
  to.push_back(float(days));
  const auto circle = [&](double period) {
    const double phase = 2 * std::numbers::pi * days / period;
    to.push_back(float(std::sin(phase)));
    to.push_back(float(std::cos(phase)));
  };
  circle(365.2425);
  circle(7);
  if (clock) circle(1);
}

}  // namespace goodfit
