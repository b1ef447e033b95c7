#include "goodfit/cli/row_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {

RowText::RowText(const std::vector<std::string>& columns, bool json)
    : end_(json ? "}\n" : "\n"), json_(json) {
  for (const std::string& column : columns) {
    const bool first = begins_.empty();
    if (json)
      begins_.push_back((first ? "{" : ",") + to_json(column) + ":");
    else
      begins_.push_back(first ? "" : ","), text_ += begins_.back() + csv_field(column);
  }
  if (!json) text_ += end_;
}

void RowText::add(const std::string& text) { cell(json_ ? to_json(text) : csv_field(text)); }

void RowText::add(double number, int digits) {
  cell(json_ && !std::isfinite(number) ? "null" : fmt::format("{:.{}g}", number, digits));
}

void RowText::cell(const std::string& shown) {
  text_ += begins_[at_] + shown;
  if (++at_ < begins_.size()) return;
  text_ += end_;
  at_ = 0;
}

}  // namespace goodfit
