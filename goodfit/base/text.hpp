// Text helpers: how numbers and names are shown to people.
#pragma once
#include <string>
#include <string_view>

namespace goodfit {

// The shortest text that reads back as the same double: 0.1, 3, 1e-05.
std::string number_text(double value);

// In double quotes, with quotes, backslashes and control characters escaped as in TOML and JSON.
std::string in_quotes(std::string_view text);

// As a field of a CSV file: in double quotes when a comma, a quote or a line break is inside.
std::string csv_field(const std::string& text);

// Latin letters small, all else as it is.
std::string lower_case(std::string_view text);

}  // namespace goodfit
