// Text helpers: how numbers and names are shown to people.
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace goodfit {

// What takes the place of a {}, as text: numbers as short as they read back, true or false.
struct Argument {
  Argument(bool value);
  Argument(char value);
  Argument(std::int64_t value);
  Argument(std::uint64_t value);
  Argument(float value);
  Argument(double value);
  Argument(std::string_view value);
  Argument(const char* value);  // else it would be a truth
  template <std::signed_integral T>
  Argument(T value) : Argument(std::int64_t{value}) {}
  template <std::unsigned_integral T>
  Argument(T value) : Argument(std::uint64_t{value}) {}

  std::string text;
};

// A text with a {} for each argument, which the compiler counts; {{ and }} are braces.
template <std::size_t arguments>
struct Pattern {
  consteval Pattern(const char* pattern) : text(pattern) {
    std::size_t places = 0;
    for (const char* c = pattern; *c; ++c) {
      if (*c != '{' && *c != '}') continue;
      if (c[0] == '{' && c[1] == '}')
        ++places;
      else if (c[1] != c[0])
        throw "a brace by itself";
      ++c;
    }
    if (places != arguments) throw "another number of {} than of arguments";
  }
  std::string_view text;
};

// "p = {} is not allowed" and 1.5: "p = 1.5 is not allowed". What headers take in place of
// fmt::format, whose templates, made for each list of types, were a sixth of the time it takes to
// compile a program.
std::string fill(std::string_view pattern, std::initializer_list<Argument> arguments);
template <class... T>
std::string formatted(Pattern<sizeof...(T)> pattern, const T&... arguments) {
  return fill(pattern.text, {Argument(arguments)...});
}

// "2, 3" of 2 and 3.
std::string joined(std::span<const std::int64_t> items, std::string_view between);
std::string joined(std::span<const double> items, std::string_view between);
std::string joined(std::span<const std::string> items, std::string_view between);

// The shortest text that reads back as the same double: 0.1, 3, 1e-05.
std::string number_text(double value);

// With three digits: 0.333, 1.23e+04.
std::string rounded_text(double value);

// In double quotes, with quotes, backslashes and control characters escaped as in TOML and JSON.
std::string in_quotes(std::string_view text);

// As a field of a CSV file: in double quotes when a comma, a quote or a line break is inside.
std::string csv_field(const std::string& text);

// Latin letters small, all else as it is.
std::string lower_case(std::string_view text);

}  // namespace goodfit
