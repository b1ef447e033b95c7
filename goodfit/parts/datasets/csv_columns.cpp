#include "goodfit/parts/datasets/csv_columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/check_data.hpp"

namespace goodfit {
namespace {

using Cells = std::vector<std::string_view>;

bool whole_number(const std::string& text, Size& value) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && stop == end;
}

// Empty fields do not count: a missing number must not turn a row of data into a header.
bool has_text(const Cells& fields, Size except) {
  double ignored;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (Size(i) != except && csv_number(fields[i], ignored) == CsvField::text) return true;
  return false;
}

// The column of that name, or -1.
Size named(const CsvRows& rows, const std::string& name) {
  Size found = -1;
  for (std::size_t i = 0; i < rows.fields().size(); ++i) {
    if (trimmed(rows.fields()[i]) != name) continue;
    if (found >= 0) fail("{}: two columns are called {}", rows.place(), in_quotes(name));
    found = Size(i);
  }
  return found;
}

[[noreturn]] void fail_no_target(const CsvRows& rows, const CsvColumns& columns,
                                 const std::string& target) {
  if (!columns.header)
    fail(
        "{}: there is no header line to find the target column {} in; give its index, from 0 to {}",
        rows.place(), in_quotes(target), columns.count - 1);
  const std::string near = nearest(target, columns.names);
  fail("{}: there is no target column {}{}", rows.place(), in_quotes(target),
       near.empty() ? "; the last one is " + in_quotes(columns.names.back())
                    : "; did you mean " + in_quotes(near) + "?");
}

void check_count(const CsvRows& rows, const CsvColumns& columns) {
  if (columns.features() > 0) return;
  const std::string_view line = rows.fields().front();
  for (const char other : {',', ';', '\t', '|', ' '})
    if (line.find(other) != line.npos)
      fail("{}: has one column only; is the delimiter {}? then set delimiter = {}", rows.place(),
           in_quotes(std::string(1, other)),
           other == '\t' ? "\"tab\"" : in_quotes(std::string(1, other)));
  fail("{}: has one column only; features and a target are needed", rows.place());
}

bool is_missing(std::string_view field) {
  for (const char* missing : {"", "?", "NA", "N/A", "na", "n/a", "null", "NULL", "None"})
    if (field == missing) return true;
  return false;
}

}  // namespace

std::string_view trimmed(std::string_view field) {
  while (!field.empty() && (field.front() == ' ' || field.front() == '\t')) field.remove_prefix(1);
  while (!field.empty() && (field.back() == ' ' || field.back() == '\t')) field.remove_suffix(1);
  return field;
}

std::string shortened(std::string_view field) {
  return in_quotes(field.size() <= 40 ? field : fmt::format("{}…", field.substr(0, 40)));
}

std::string CsvColumns::called(Size column) const {
  if (names.empty()) return fmt::format("column {} (the first is 0)", column);
  return "column " + shortened(names[std::size_t(column)]);
}

CsvField csv_number(std::string_view field, double& value) {
  field = trimmed(field);
  std::string_view digits = field;
  if (field.size() > 1 && field[0] == '+' && field[1] != '-') digits.remove_prefix(1);
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (stop != end || error == std::errc::invalid_argument)
    return is_missing(field) ? CsvField::missing : CsvField::text;
  if (error == std::errc::result_out_of_range) {
    if (field.find("e-") == field.npos && field.find("E-") == field.npos)
      return CsvField::out_of_range;
    value = 0;  // below the smallest number
  }
  if (!std::isfinite(value)) return CsvField::not_finite;
  return std::isfinite(float(value)) ? CsvField::number : CsvField::out_of_range;
}

void check_number_field(CsvField kind, const CsvRows& rows, const CsvColumns& columns,
                        Size column) {
  if (kind == CsvField::number) return;
  const std::string place = rows.place() + ": " + columns.called(column);
  const std::string_view field = rows.fields()[std::size_t(column)];
  if (kind == CsvField::missing)
    fail("{}: the value is missing{}; fill it in or leave the row out", place,
         field.empty() ? "" : " (" + shortened(field) + ")");
  if (kind == CsvField::not_finite)
    fail("{}: {} is not a finite number; fill it in or leave the row out", place, shortened(field));
  if (kind == CsvField::out_of_range)
    fail("{}: {} is out of range; numbers must be below 3.4e38", place, shortened(field));
  fail("{}: {} is not a number", place, shortened(field));
}

CsvColumns csv_columns(const CsvRows& rows, const Csv& settings, const Wanted& wanted) {
  CsvColumns columns;
  const Cells& fields = rows.fields();
  columns.count = Size(fields.size());
  const bool may_lack = wanted.target == Wanted::Target::none;
  // Without names only the number of columns can tell that the target is not there.
  const bool lacks = may_lack && columns.count == wanted.width;

  Size index = -1;
  const bool by_place = settings.target.empty() || whole_number(settings.target, index);
  if (by_place && index < 0) index += columns.count;
  const Size by_name = settings.target.empty() ? -1 : named(rows, settings.target);

  if (settings.header != "auto")
    columns.header = settings.header == "yes";
  else if (by_name >= 0 && !by_place)
    columns.header = true;
  else
    columns.header = has_text(fields, by_place && !lacks ? index : -1);
  if (columns.header)
    for (const std::string_view field : fields) columns.names.emplace_back(trimmed(field));

  if (columns.header && by_name >= 0)
    columns.target = by_name;
  else if (by_place && !lacks)
    columns.target = index;
  else if (!lacks && !(may_lack && columns.header))
    fail_no_target(rows, columns, settings.target);
  if (columns.target >= columns.count || (by_place && index < 0))
    fail("{}: there is no target column {}: the file has {} columns", rows.place(), settings.target,
         columns.count);
  check_count(rows, columns);
  check_width(columns.features(), wanted, rows.place());
  return columns;
}

}  // namespace goodfit
