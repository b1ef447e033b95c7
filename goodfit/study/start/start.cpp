#include "goodfit/study/start/start.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/json_rows.hpp"
#include "goodfit/study/start/arrays.hpp"
#include "goodfit/study/start/network.hpp"
#include "goodfit/study/start/pictures.hpp"

namespace goodfit {
namespace {

std::size_t target_of(const TableSurvey& survey, const std::string& path,
                      const std::string& wanted) {
  const auto& names = survey.format.names;
  if (names.size() < 2) fail("{}: has one column only; features and a target are needed", path);
  if (wanted.empty()) return names.size() - 1;
  const auto at = std::find(names.begin(), names.end(), wanted);
  if (at == names.end()) fail_unknown(path, "column", wanted, names);
  return std::size_t(at - names.begin());
}

// A column that decides the split is kept though it is no feature. That of groups is none by right:
// what is known of a group does not help with others.
void keep_keys(std::vector<ColumnNote>& columns, const StartOptions& options) {
  std::vector<std::string> names;
  for (ColumnNote& note : columns) {
    names.push_back(note.column.name);
    const bool group = note.column.name == options.group;
    const bool lost = note.column.kind == "ignore" && note.column.name == options.time;
    if (!group && !lost) continue;
    note.column.kind = "key";
    note.column.values.clear();
    note.remark = group ? "decides the split" : "decides the split, and is no feature";
  }
  for (const auto& [setting, column] :
       {std::pair("split.time", options.time), std::pair("split.group", options.group)})
    if (!column.empty() && std::find(names.begin(), names.end(), column) == names.end())
      fail_unknown(setting, "column", column, names);
}

ColumnNote noted(const ColumnSurvey& survey, const std::string& path, const StartOptions& options) {
  for (const auto& [name, kind] : options.kinds)
    if (name == survey.name) return note_as(survey, kind);
  return note_of(survey, path);
}

std::string form_text(const TableFormat& format) {
  if (format.json) return "a JSON object per line";
  const std::string sign =
      format.delimiter == '\t' ? "tab" : in_quotes(std::string(1, format.delimiter));
  return fmt::format("delimiter {}, {} header line", sign, format.header ? "a" : "no");
}

void add_suspicions(Start& start, const Data& data, const Portions& portions) {
  for (const Leak& leak : leaks(data, start.task.classes))
    start.remarks.push_back(fmt::format(
        "column {} alone tells the target: {:.4g} % of it; will it be known when you predict? if "
        "not, add 'data.columns.{}=ignore'",
        in_quotes(leak.feature), 100 * leak.share, leak.feature));
  if (const auto line = repeats(portions)) start.remarks.push_back(*line);
}

}  // namespace

Start start_of(const std::string& path, const StartOptions& options) {
  if (is_array_name(path)) return start_of_arrays(path, options);
  if (std::filesystem::is_directory(path)) return start_of_pictures(path, options);
  if (!is_table_name(path) && std::filesystem::exists(path))
    fail(
        "{}: its ending tells neither a recipe (.toml) nor data (.csv, .tsv, .txt, .jsonl, .npz, "
        ".libsvm, plain or .gz); save a spreadsheet as .csv",
        path);
  Table table{.path = path};
  const Split split{.validation = 0.1, .test = 0.2, .time = options.time, .group = options.group};
  check(split);
  const std::string text = read_table_text(path);
  const TableSurvey survey = survey_table(text, table);
  const std::size_t target = target_of(survey, path, options.target);
  Start start;
  start.rows = survey.rows;
  start.format = survey.format;
  start.form = form_text(survey.format);
  start.target = survey.format.names[target];
  for (const auto& [name, kind] : options.kinds)
    if (const auto& names = start.format.names;
        std::find(names.begin(), names.end(), name) == names.end())
      fail_unknown("data.columns", "column", name, names);
  start.task = target_note(survey.columns[target], options.task, path);
  for (std::size_t i = 0; i < survey.columns.size(); ++i)
    if (i != target) start.columns.push_back(noted(survey.columns[i], path, options));
  keep_keys(start.columns, options);

  table.target = start.target;
  table.header = survey.format.header ? "yes" : "no";
  TableTask task{.classes = start.task.count};
  for (const ColumnNote& note : start.columns) {
    table.columns.list.push_back(note.column);
    if (note.missing > 0 && note.column.values.empty() && !note.column.features().empty())
      task.missing.push_back(Size(task.sizes.size()));
    for (const Size size : note.column.sizes()) task.sizes.push_back(size);
  }
  if (task.sizes.empty()) fail("{}: no column says anything of the target: all are ignored", path);

  Recipe& recipe = start.recipe;
  recipe.data = table;
  recipe.split = split;
  recipe.seed = 1;
  const auto wanted = start.task.classes ? Wanted::Target::classes : Wanted::Target::numbers;
  const Data data =
      table.parse(text, {.target = wanted, .width = 0, .classes = {}, .missing = true});
  const Portions portions = split_data(data, recipe.split, start.task.classes, recipe.seed);
  if (start.task.classes) task.classes = Size(data.classes.size());
  task.rows = portions.train.count();
  start.network = choose_network(task, recipe);
  start.remarks = data.remarks;
  if (start.task.classes)
    for (const std::string& line : rare_classes(survey.columns[target]))
      start.remarks.push_back(line);
  add_suspicions(start, data, portions);
  return start;
}

bool is_table_name(const std::string& path) {
  std::string name = lower_case(path);
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  for (const char* ending : {".csv", ".tsv", ".txt", ".tab", ".data", ".dat", ".jsonl", ".ndjson"})
    if (name.ends_with(ending)) return true;
  return false;
}

bool is_data_name(const std::string& path) {
  return is_table_name(path) || is_array_name(path) ||
         (std::filesystem::exists(path) && !path.ends_with(".toml"));
}

std::string bare_name(const std::filesystem::path& path) {
  // "pictures/" has no name behind its slash.
  std::filesystem::path name =
      path.has_filename() ? path.filename() : path.parent_path().filename();
  if (name.extension() == ".gz") name = name.stem();
  return name.stem().string();
}

std::string start_toml(const Start& start) {
  const std::string from = start.columns.empty()       ? ""
                           : start.columns.size() == 1 ? " from one column"
                                                       : " from the others";
  std::string comment = fmt::format("# {} {}; {}{}: {}, as {}.\n", start.rows, start.called,
                                    start.target, from, start.task.task, start.task.why);
  for (const std::string& remark : start.remarks) comment += "# " + remark + "\n";
  return comment + recipe_toml(start.recipe, Which::changed);
}

}  // namespace goodfit
