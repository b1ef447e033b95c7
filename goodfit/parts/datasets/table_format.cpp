#include "goodfit/parts/datasets/table_format.hpp"

#include <fmt/core.h>

#include <cmath>
#include <set>

#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

// Fields of each of the first rows when they are equally many, else 0.
std::size_t equal_fields(std::string_view text, char delimiter) {
  constexpr int most_rows = 50;
  std::size_t fields = 0;
  try {
    CsvRows rows(text, delimiter, "");
    for (int i = 0; i < most_rows && rows.next(); ++i) {
      if (i > 0 && rows.fields().size() != fields) return 0;
      fields = rows.fields().size();
    }
  } catch (const Error&) {  // a quote that is not closed under this delimiter
    return 0;
  }
  return fields;
}

// A comma comes late, as it may stand in numbers, and a blank last.
char found_delimiter(std::string_view text) {
  for (const char sign : {'\t', ';', '|', ',', ' '})
    if (equal_fields(text, sign) > 1) return sign;
  return ',';
}

bool holds_names(const std::vector<std::string_view>& fields) {
  double ignored;
  bool any = false;
  for (const std::string_view field : fields) {
    const CsvField kind = TableFormat{}.number(field, ignored);
    if (kind != CsvField::text && kind != CsvField::missing) return false;
    any = any || kind == CsvField::text;
  }
  return any;
}

// Some number is one only if its comma is a point, and none has a point.
bool has_commas(CsvRows rows) {
  constexpr int most_rows = 1000;
  bool any = false;
  for (int i = 0; i < most_rows && rows.next(); ++i)
    for (const std::string_view field : rows.fields()) {
      double ignored;
      const bool number = csv_number(field, ignored) == CsvField::number;
      if (number && field.find('.') != field.npos) return false;
      any =
          any || (!number && TableFormat{.comma = true}.number(field, ignored) == CsvField::number);
    }
  return any;
}

}  // namespace

char delimiter_of(std::string_view part, const std::string& text) {
  const char sign = text == "tab" ? '\t' : text.empty() ? '\0' : text[0];
  if ((text != "tab" && text.size() != 1) || sign == '"' || sign == '\n' || sign == '\r')
    fail(
        "{}.delimiter = {} is not allowed: must be one character, such as \",\" or \";\", or "
        "\"tab\"",
        part, in_quotes(text));
  return sign;
}

CsvField TableFormat::number(std::string_view field, double& value) const {
  std::string pointed;
  if (const std::size_t at = comma ? field.find(',') : field.npos; at != field.npos) {
    pointed = field;
    pointed[at] = '.';
    field = pointed;
  }
  const CsvField kind = csv_number(field, value);
  return kind == CsvField::not_finite && std::isnan(value) ? CsvField::missing : kind;
}

TableFormat table_format(std::string_view text, const Table& settings) {
  TableFormat format{.json = text.starts_with(made_of_rows)};
  format.delimiter = format.json                    ? '\t'
                     : settings.delimiter == "auto" ? found_delimiter(text)
                                                    : delimiter_of("table", settings.delimiter);
  CsvRows rows(text, format.delimiter, settings.path);
  if (!rows.next()) fail("{}: is empty; a row of fields for each sample is needed", settings.path);
  format.header = format.json || (settings.header == "auto" ? holds_names(rows.fields())
                                                            : settings.header == "yes");
  format.comma =
      format.delimiter != ',' && has_commas(CsvRows(text, format.delimiter, settings.path));
  std::set<std::string> seen;
  for (std::size_t i = 0; i < rows.fields().size(); ++i) {
    std::string name =
        format.header ? std::string(trimmed(rows.fields()[i])) : fmt::format("{}", i);
    if (name.empty()) name = fmt::format("unnamed {}", i);  // as pandas leaves that of its index
    if (!seen.insert(name).second)
      fail("{}: two columns are called {}", rows.place(), in_quotes(name));
    format.names.push_back(name);
  }
  return format;
}

}  // namespace goodfit
