#include "goodfit/study/start/survey.hpp"

#include <algorithm>
#include <cmath>

namespace goodfit {
namespace {

constexpr std::size_t most_values = 50000;  // that are counted; more are no categories

void look_at(ColumnSurvey& column, std::string_view field, Size line, const TableFormat& format) {
  ++column.rows;
  double value = 0;
  const CsvField kind = format.number(field, value);
  if (kind == CsvField::missing) {
    ++column.missing;
    return;
  }
  const Size before = column.present() - 1;
  if (kind == CsvField::number) {
    column.low = column.numbers == 0 ? value : std::min(column.low, value);
    column.high = column.numbers == 0 ? value : std::max(column.high, value);
    ++column.numbers;
    column.whole += value == std::floor(value);
  } else if (column.odd_line == 0) {
    column.odd = field, column.odd_line = line;
  }
  column.truths += column.truths == before && truth_of(field);
  for (const DateForm form : {DateForm::ymd, DateForm::dmy, DateForm::mdy}) {
    Size& count = column.dates[std::size_t(form)];
    if (count != before) continue;  // another field was none
    if (const auto days = days_of(field, form)) {
      ++count;
      column.clock = column.clock || *days != std::floor(*days);
    }
  }
  const auto at = column.values.find(field);
  if (at != column.values.end())
    ++at->second;
  else if (column.values.size() < most_values)
    column.values.emplace(field, 1);
  else
    ++column.uncounted;
}

}  // namespace

TableSurvey survey_table(std::string_view text, const Table& settings) {
  TableSurvey survey{.format = table_format(text, settings)};
  for (const std::string& name : survey.format.names) survey.columns.push_back({.name = name});
  CsvRows rows(text, survey.format.delimiter, settings.path);
  if (survey.format.header) rows.next();
  while (rows.next()) {
    if (rows.fields().size() != survey.columns.size())
      fail("{}: has {} fields, the first line has {}", rows.place(), rows.fields().size(),
           survey.columns.size());
    for (std::size_t i = 0; i < survey.columns.size(); ++i)
      look_at(survey.columns[i], trimmed(rows.fields()[i]), rows.line(), survey.format);
    ++survey.rows;
  }
  if (survey.rows == 0) fail("{}: has a header line and no data below it", settings.path);
  return survey;
}

}  // namespace goodfit
