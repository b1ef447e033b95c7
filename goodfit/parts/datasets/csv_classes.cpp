#include "goodfit/parts/datasets/csv_classes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/check_data.hpp"

namespace goodfit {
namespace {

// 1.0, +1 and 01 are the class 1.
std::optional<Size> whole(double value) {
  constexpr double exact = 1e15;
  if (std::abs(value) > exact || value != std::floor(value)) return std::nullopt;
  return Size(value);
}

std::optional<Size> whole(const std::string& label) {
  double value = 0;
  return csv_number(label, value) == CsvField::number ? whole(value) : std::nullopt;
}

}  // namespace

CsvClasses::CsvClasses(std::vector<std::string> known) : known_(std::move(known)) {
  for (const std::string& name : known_) numbers_.emplace(name, Size(numbers_.size()));
}

float CsvClasses::add(const CsvRows& rows, const CsvColumns& columns) {
  const std::string_view label = rows.fields()[std::size_t(columns.target)];
  if (const auto at = numbers_.find(label); at != numbers_.end()) return float(at->second);
  double ignored;
  const CsvField kind = csv_number(label, ignored);
  if (kind == CsvField::missing || kind == CsvField::not_finite)
    check_number_field(kind, rows, columns, columns.target);
  return found(std::string(label), rows, columns);
}

float CsvClasses::found(const std::string& label, const CsvRows& rows, const CsvColumns& columns) {
  if (!known_.empty()) {
    if (const auto value = whole(label))
      if (const auto at = numbers_.find(fmt::format("{}", *value)); at != numbers_.end())
        return float(at->second);
    const auto shown = known_.begin() + std::ptrdiff_t(std::min<std::size_t>(known_.size(), 10));
    fail("{}: {}: {} is not a class of the model; known: {}{}", rows.place(),
         columns.called(columns.target), in_quotes(label.substr(0, 40)),
         joined({known_.begin(), shown}, ", "), shown == known_.end() ? "" : ", …");
  }
  if (Size(numbers_.size()) == most_labels)
    fail(
        "{}: {} has more than {} different values, too many for classes; is it a number to "
        "predict? then choose a loss for numbers",
        rows.place(), columns.called(columns.target), most_labels);
  const Size number = Size(numbers_.size());
  numbers_.emplace(label, number);
  first_line_.push_back(rows.line());
  return float(number);
}

std::vector<std::string> CsvClasses::sort(std::vector<float>& targets, const CsvRows& rows,
                                          const CsvColumns& columns) const {
  if (!known_.empty()) return known_;
  bool all_numbers = true;
  Size broken_line = 0;
  std::string broken;
  std::map<Size, std::vector<Size>> by_value;  // several spellings may be one class
  for (const auto& [label, number] : numbers_) {
    double value = 0;
    if (csv_number(label, value) != CsvField::number) {
      all_numbers = false;
      break;
    }
    if (const auto exact = whole(value))
      by_value[*exact].push_back(number);
    else if (const Size line = first_line_[std::size_t(number)];
             broken.empty() || line < broken_line)
      broken = label, broken_line = line;
  }
  if (all_numbers && !broken.empty())
    fail(
        "{}: {} holds numbers such as {} (line {}); classes are texts or whole numbers; to predict "
        "a number choose a loss for numbers",
        rows.name(), columns.called(columns.target), broken, broken_line);
  std::vector<std::string> classes;
  std::vector<float> index(numbers_.size());
  if (all_numbers) {
    for (const auto& [value, same] : by_value) {
      for (const Size number : same) index[std::size_t(number)] = float(classes.size());
      classes.push_back(fmt::format("{}", value));
    }
  } else {
    for (const auto& [label, number] : numbers_) {
      index[std::size_t(number)] = float(classes.size());
      classes.push_back(label);
    }
  }
  for (float& target : targets) target = index[std::size_t(target)];
  return classes;
}

}  // namespace goodfit
