#include "goodfit/parts/datasets/columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "goodfit/base/fields.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> all{
      "number",        "boolean",  "date",          "date_time", "date_dmy",
      "date_dmy_time", "date_mdy", "date_mdy_time", "key",       "ignore"};
  return all;
}

}  // namespace

DateForm Column::date_form() const {
  return kind.find("dmy") != kind.npos   ? DateForm::dmy
         : kind.find("mdy") != kind.npos ? DateForm::mdy
                                         : DateForm::ymd;
}

std::vector<std::string> Column::features() const {
  if (kind == "ignore" || kind == "key") return {};
  if (is_date()) return date_names(name, has_clock());
  return {name};
}

std::vector<Size> Column::sizes() const {
  return std::vector<Size>(features().size(), Size(values.size()));
}

Columns Columns::read(const Setting& from) {
  if (!from.table()) fail_kind(from, "a table: a kind for each column");
  Columns columns;
  for (const auto& [name, setting] : *from.table()) {
    Column& column = columns.list.emplace_back(Column{.name = name});
    if (setting.list()) {
      column.kind = "category";
      read_member(setting, column.values);
      if (column.values.empty()) fail_kind(setting, "a list of at least one value");
      continue;
    }
    read_member(setting, column.kind);
    if (std::find(kinds().begin(), kinds().end(), column.kind) == kinds().end())
      fail_unknown(setting.place(), "kind of column", column.kind, kinds());
  }
  return columns;
}

Setting Columns::write() const {
  Setting table{Setting::Table{}};
  for (const Column& column : list)
    table[column.name] = column.values.empty()
                             ? Setting(column.kind)
                             : Setting(Setting::List(column.values.begin(), column.values.end()));
  return table;
}

std::string Columns::cpp() const {
  std::string text;
  for (const Column& column : list) {
    text += fmt::format("{}{{{}, {}", text.empty() ? "" : ", ", in_quotes(column.name),
                        in_quotes(column.kind));
    std::string values;
    for (const std::string& value : column.values)
      values += (values.empty() ? "" : ", ") + in_quotes(value);
    text += values.empty() ? "}" : ", {" + values + "}}";
  }
  return "{{" + text + "}}";
}

std::vector<Size> Columns::sizes() const {
  std::vector<Size> all;
  for (const Column& column : list)
    for (const Size size : column.sizes()) all.push_back(size);
  return all;
}

std::optional<bool> truth_of(std::string_view text) {
  const std::string lower = lower_case(text);
  for (const char* yes : {"true", "yes", "y", "t", "on", "1"})
    if (lower == yes) return true;
  for (const char* no : {"false", "no", "n", "f", "off", "0"})
    if (lower == no) return false;
  return std::nullopt;
}

}  // namespace goodfit
