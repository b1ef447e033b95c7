#include "goodfit/base/text.hpp"

#include <fmt/ranges.h>

#include <cctype>
#include <cmath>

namespace goodfit {

Argument::Argument(bool value) : text(value ? "true" : "false") {}
Argument::Argument(char value) : text(1, value) {}
Argument::Argument(std::int64_t value) : text(fmt::format("{}", value)) {}
Argument::Argument(std::uint64_t value) : text(fmt::format("{}", value)) {}
Argument::Argument(float value) : text(fmt::format("{}", value)) {}
Argument::Argument(double value) : text(fmt::format("{}", value)) {}
Argument::Argument(std::string_view value) : text(value) {}
Argument::Argument(const char* value) : text(value) {}

std::string fill(std::string_view pattern, std::initializer_list<Argument> arguments) {
  std::string filled;
  const Argument* next = arguments.begin();
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c != '{' && c != '}')
      filled += c;
    else if (pattern[++i] != c)
      filled += (next++)->text;
    else
      filled += c;
  }
  return filled;
}

std::string joined(std::span<const std::int64_t> items, std::string_view between) {
  return fmt::format("{}", fmt::join(items, between));
}
std::string joined(std::span<const double> items, std::string_view between) {
  return fmt::format("{}", fmt::join(items, between));
}
std::string joined(std::span<const std::string> items, std::string_view between) {
  return fmt::format("{}", fmt::join(items, between));
}

std::string number_text(double value) {
  return std::isnan(value) ? "nan" : fmt::format("{}", value);  // its sign means nothing
}

std::string rounded_text(double value) { return fmt::format("{:.3g}", value); }

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      (out += '\\') += c;
    else if (c == '\n')
      out += "\\n";
    else if (c == '\t')
      out += "\\t";
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += fmt::format("\\u{:04x}", c);
    else
      out += c;
  }
  return out + '"';
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? "\"\"" : std::string(1, c);
  return field + '"';
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = char(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

}  // namespace goodfit
