#include "goodfit/study/shift/two_tables.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "goodfit/parts/datasets/gzip.hpp"
#include "goodfit/study/start/arrays.hpp"
#include "goodfit/study/start/kinds.hpp"

namespace goodfit {
namespace {

struct File {
  Table table;
  std::string text;
  TableSurvey survey;

  explicit File(const std::string& path) {
    if (std::filesystem::is_directory(path) || is_array_name(path) || path.ends_with(".npy"))
      fail(
          "{}: is no table (.csv, .tsv, .txt, plain or .gz); `goodfit predict RUN DATA` compares "
          "arrays and pictures with those that a run was trained on",
          path);
    table.path = path;
    text = read_maybe_gzip(path);
    survey = survey_table(text, table);
    table.header = survey.format.header ? "yes" : "no";
  }
  const std::vector<std::string>& names() const { return survey.format.names; }
  const ColumnSurvey* find(const std::string& name) const {
    for (const ColumnSurvey& column : survey.columns)
      if (column.name == name) return &column;
    return nullptr;
  }
  Samples samples(const Columns& columns) const {
    Table read = table;
    read.columns = columns;
    const Wanted wanted{.target = Wanted::Target::none, .width = 0, .classes = {}, .missing = true};
    return read.parse(text, wanted).train;
  }
};

// The values of both, those of which there are most if they are too many.
std::vector<std::string> values_of(const ColumnSurvey& a, const ColumnSurvey& b) {
  constexpr std::size_t most = 1000;
  std::map<std::string, Size, std::less<>> counts = a.values;
  for (const auto& [value, count] : b.values) counts[value] += count;
  std::vector<std::pair<Size, std::string>> order;
  for (const auto& [value, count] : counts) order.emplace_back(-count, value);
  std::sort(order.begin(), order.end());
  std::vector<std::string> values;
  if (a.missing + b.missing > 0) values.emplace_back("");
  for (const auto& [count, value] : order)
    if (values.size() < most) values.push_back(value);
  return values;
}

bool says_nothing(const ColumnSurvey& column) {
  return column.present() == 0 || column.distinct() < 2;
}

Column column_of(const ColumnSurvey& a, const ColumnSurvey& b, const File& old, const File& next,
                 TwoTables& tables) {
  if (says_nothing(a) && says_nothing(b)) {
    const bool numbers = a.numbers == a.present() && b.numbers == b.present();
    if (numbers) return {.name = a.name};
    return {.name = a.name, .kind = "category", .values = values_of(a, b)};
  }
  const ColumnNote note =
      says_nothing(a) ? note_of(b, next.table.path) : note_of(a, old.table.path);
  Column column = note.column;
  const bool texts = column.kind == "ignore" && note.remark.find("rare") == note.remark.npos;
  if (texts) tables.remarks.push_back("column " + shortened(a.name) + " is " + note.remark);
  if (!column.values.empty() || (column.kind == "ignore" && !texts))
    column.kind = "category", column.values = values_of(a, b);
  return column;
}

void remark_on_others(const File& mine, const File& other, TwoTables& tables) {
  std::string names;
  for (const std::string& name : mine.names())
    if (!other.find(name)) names += (names.empty() ? "" : ", ") + shortened(name);
  if (!names.empty())
    tables.remarks.push_back("only " + mine.table.path + " has the column" +
                             (names.find(", ") == names.npos ? " " : "s ") + names);
}

}  // namespace

TwoTables read_two_tables(const std::string& old, const std::string& next,
                          const std::string& target) {
  const File a(old), b(next);
  TwoTables tables;
  const auto headers = [](const File& file) { return file.survey.format.header; };
  if (headers(a) != headers(b))
    fail("{}: has {} header line, but {} has {}: columns cannot be matched by their names",
         b.table.path, headers(b) ? "a" : "no", a.table.path, headers(a) ? "one" : "none");
  if (!headers(a) && a.names().size() != b.names().size())
    fail("{}: has {} columns and no header line, but {} has {}", b.table.path, b.names().size(),
         a.table.path, a.names().size());
  if (!target.empty() && !a.find(target)) fail_unknown("--target", "column", target, a.names());
  Columns columns;
  for (const ColumnSurvey& column : a.survey.columns) {
    const ColumnSurvey* same = b.find(column.name);
    if (same && column.name != target)
      columns.list.push_back(column_of(column, *same, a, b, tables));
    else if (!headers(a))
      columns.list.push_back({.name = column.name, .kind = "ignore"});
  }
  remark_on_others(a, b, tables), remark_on_others(b, a, tables);
  tables.features = summarized_features(columns);
  if (tables.features.empty())
    fail("{}: has no column to compare with {}: {}", b.table.path, a.table.path,
         tables.remarks.empty() ? "it has none but the target" : tables.remarks.front());
  tables.old = a.samples(columns), tables.next = b.samples(columns);
  return tables;
}

}  // namespace goodfit
