#include "goodfit/cli/start_text.hpp"

#include <algorithm>
#include <array>

#include "goodfit/base/error.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/base/toml.hpp"

namespace goodfit {
namespace {

constexpr std::string_view columns_key = "data.columns.";

using Line = std::array<std::string, 5>;

Line line_of(const ColumnNote& note) {
  const std::string missing = note.missing > 0 ? fmt::format("{:.3g} %", 100 * note.missing) : "";
  return {note.column.name, note.column.kind == "ignore" ? "-" : note.column.kind, note.shown,
          missing, note.remark};
}

// Left-aligned columns, as wide as they must be.
std::string lines_text(const std::vector<Line>& lines) {
  constexpr std::size_t widest = 44;  // but for the last
  std::array<std::size_t, 5> widths{};
  for (const Line& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i)
      widths[i] = std::max(widths[i], std::min(widest, shown_width(line[i])));
  std::string text;
  for (const Line& line : lines) {
    std::string shown = " ";
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string cell(i + 1 < line.size() ? fitted(line[i], widths[i]) : line[i]);
      shown += " " + cell + std::string(widths[i] - std::min(widths[i], shown_width(cell)), ' ');
      if (i + 1 < line.size()) shown += " ";
    }
    text += shown.substr(0, shown.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

// All columns; of many only those that are no plain numbers.
std::string columns_text(const Start& start) {
  constexpr std::size_t most = 40;
  std::vector<Line> lines{{"column", "is", "values", "missing", ""}};
  std::size_t plain = 0;
  for (const ColumnNote& note : start.columns) {
    const bool is_plain = note.column.kind == "number" && note.missing == 0 && note.remark.empty();
    if (start.columns.size() > most && is_plain)
      ++plain;
    else
      lines.push_back(line_of(note));
  }
  const bool none = std::all_of(lines.begin(), lines.end(), [](const Line& line) {
    return line[3].empty() || line[3] == "missing";
  });
  if (none) lines.front()[3] = "";
  std::string text = lines.size() > 1 ? lines_text(lines) : "";
  if (plain > 0)
    text += fmt::format("  {}{} columns of numbers\n", lines.size() > 1 ? "and " : "", plain);
  return text;
}

}  // namespace

std::string start_text(const Start& start, const std::string& path, const Terminal& terminal) {
  const std::string sign = start.format.delimiter == '\t'
                               ? "tab"
                               : goodfit::quoted(std::string(1, start.format.delimiter));
  std::string text = terminal.painted(Ink::bold, fmt::format("{}: {} rows, {} columns", path,
                                                             start.rows, start.columns.size() + 1));
  text += fmt::format("  (delimiter {}, {} header line)\n{}", sign,
                      start.format.header ? "a" : "no", columns_text(start));
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
