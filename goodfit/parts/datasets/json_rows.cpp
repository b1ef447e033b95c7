#include "goodfit/parts/datasets/json_rows.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "goodfit/base/error.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/csv_rows.hpp"
#include "goodfit/parts/datasets/gzip.hpp"

namespace goodfit {
namespace {

constexpr std::string_view blanks = " \t\r\n", byte_order_mark = "\xef\xbb\xbf";

// What stands behind the first signs of a text, without blanks.
std::string_view begun(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  return text.substr(std::min(text.size(), text.find_first_not_of(blanks)));
}

// As a field between tabs; a line break in a text would be one of the table.
std::string field_of(std::string text) {
  for (char& sign : text)
    if (sign == '\t' || sign == '\n' || sign == '\r') sign = ' ';
  return text.starts_with('"') ? csv_field(text) : text;
}

std::string field_of(const Setting& value, const std::string& place, const std::string& key) {
  if (value.is_nothing()) return "";
  if (const auto* truth = std::get_if<bool>(&value.data)) return *truth ? "true" : "false";
  if (const auto* whole = std::get_if<std::int64_t>(&value.data)) return fmt::format("{}", *whole);
  if (const auto* number = std::get_if<double>(&value.data)) return number_text(*number);
  if (value.text()) return field_of(*value.text());
  fail("{}: {} holds {}; a column takes numbers, texts, true, false and null", place,
       in_quotes(key), value.list() ? "a list" : "an object");
}

}  // namespace

bool is_json_rows(std::string_view text) { return begun(text).starts_with('{'); }

std::string table_of_json(std::string_view text, const std::string& name) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  std::map<std::string, std::size_t> places;
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> rows;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find('\n'));
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
    auto& row = rows.emplace_back();  // a blank line is one of the table, too, so that lines agree
    if (line.find_first_not_of(blanks) == line.npos) continue;
    const std::string place = fmt::format("{}:{}", name, rows.size());
    const Setting object = from_json(line, place);
    if (!object.table())
      fail("{}: is no object such as {{\"age\": 31, \"city\": \"Rome\"}}", place);
    for (const auto& [key, value] : *object.table()) {
      const auto [at, is_new] = places.emplace(key, names.size());
      if (is_new) names.push_back(field_of(key));
      row.resize(std::max(row.size(), at->second + 1));
      row[at->second] = field_of(value, place, key);
    }
    if (row.empty()) row.resize(1);
  }
  std::string table(1, made_of_rows);
  const auto add = [&](const std::vector<std::string>& row) {
    for (std::size_t i = 0; i < names.size(); ++i)
      table += (i == 0 ? "" : "\t") + (i < row.size() ? row[i] : "");
    table += '\n';
  };
  add(names);
  for (const auto& row : rows)
    if (row.empty())
      table += '\n';
    else
      add(row);
  return table;
}

std::string read_table_text(const std::filesystem::path& path) {
  std::string text = read_maybe_gzip(path);
  if (is_json_rows(text)) return table_of_json(text, path.string());
  if (const std::string_view begin = begun(text);
      begin.starts_with('[') && begun(begin.substr(1)).starts_with('{'))
    fail("{}: is one JSON list; write its objects one per line, as jq -c '.[]' does",
         path.string());
  return text;
}

}  // namespace goodfit
