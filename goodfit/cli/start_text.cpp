#include "goodfit/cli/start_text.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/toml.hpp"
#include "goodfit/cli/table.hpp"

namespace goodfit {
namespace {

constexpr std::string_view columns_key = "data.columns.";

TableRow row_of(const ColumnNote& note) {
  constexpr std::size_t widest = 44;
  const std::string missing = note.missing > 0 ? fmt::format("{:.3g} %", 100 * note.missing) : "";
  TableRow row{note.column.name, note.column.kind == "ignore" ? "-" : note.column.kind, note.shown,
               missing};
  for (std::string& cell : row) cell = std::string(fitted(cell, widest));
  row.front().insert(0, "  ");
  row.push_back(note.remark);
  return row;
}

// All columns; of many only those that are no plain numbers.
std::string columns_text(const Start& start) {
  constexpr std::size_t most = 40;
  std::vector<TableRow> rows{{"  column", "is", "values", "missing", ""}};
  std::size_t plain = 0;
  for (const ColumnNote& note : start.columns) {
    const bool is_plain = note.column.kind == "number" && note.missing == 0 && note.remark.empty();
    if (start.columns.size() > most && is_plain)
      ++plain;
    else
      rows.push_back(row_of(note));
  }
  const bool none = std::all_of(rows.begin(), rows.end(), [](const TableRow& row) {
    return row[3].empty() || row[3] == "missing";
  });
  if (none) rows.front()[3] = "";
  std::string text = rows.size() > 1 ? table_text(rows, Cells::texts) : "";
  if (plain > 0)
    text += fmt::format("  {}{} columns of numbers\n", rows.size() > 1 ? "and " : "", plain);
  return text;
}

}  // namespace

std::string start_text(const Start& start, const std::string& path, const Terminal& terminal) {
  const std::string columns =
      start.columns.empty() ? "" : fmt::format(", {} columns", start.columns.size() + 1);
  std::string text = terminal.painted(
      Ink::bold, fmt::format("{}: {} {}{}", path, start.rows, start.called, columns));
  text += fmt::format("  ({})\n{}", start.form, columns_text(start));
  text += fmt::format("target   {}: {}, as {} ({})\n", start.target, start.task.task,
                      start.task.why, start.task.shown);
  text += fmt::format("network  {}\n", start.network);
  for (const std::string& remark : start.remarks)
    text += terminal.painted(Ink::red, "note     ") + remark + "\n";
  return text;
}

std::string start_json(const Start& start, const std::string& path) {
  Setting::List columns;
  for (const ColumnNote& note : start.columns)
    columns.push_back(Setting::Table{{"name", note.column.name},
                                     {"is", note.column.kind},
                                     {"values", note.shown},
                                     {"missing", note.missing},
                                     {"remark", note.remark}});
  return to_json(
      Setting::Table{{"event", "table"},
                     {"path", path},
                     {"rows", start.rows},
                     {"target", start.target},
                     {"task", start.task.task},
                     {"why", start.task.why},
                     {"columns", columns},
                     {"network", start.network},
                     {"remarks", Setting::List(start.remarks.begin(), start.remarks.end())}});
}

StartOptions start_options(const std::string& target, const std::string& task,
                           const std::vector<std::string>& overrides) {
  const std::vector<std::string> tasks{"auto", "regression", "classes"};
  if (std::find(tasks.begin(), tasks.end(), task) == tasks.end())
    fail_unknown("--task", "task", task, tasks);
  StartOptions options{.target = target, .task = task};
  for (const std::string& one : overrides) {
    if (one.starts_with("split.time=")) options.time = one.substr(11);
    if (one.starts_with("split.group=")) options.group = one.substr(12);
    if (const std::size_t is = one.find('='); one.starts_with(columns_key) && is != one.npos)
      options.kinds.emplace_back(one.substr(columns_key.size(), is - columns_key.size()),
                                 one.substr(is + 1));
  }
  return options;
}

Recipe overridden(const Recipe& recipe, const std::vector<std::string>& overrides) {
  if (overrides.empty()) return recipe;
  Setting root = recipe.write();
  root.located("", "");
  for (const std::string& assignment : overrides)
    if (!assignment.starts_with(columns_key)) override(root, assignment);  // those are done
  return Recipe::read(root);
}

}  // namespace goodfit
