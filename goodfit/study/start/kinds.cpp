#include "goodfit/study/start/kinds.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

using Counted = std::vector<std::pair<std::string, Size>>;

// The most frequent first.
Counted by_frequency(const ColumnSurvey& survey) {
  Counted all(survey.values.begin(), survey.values.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return all;
}

std::string short_number(double value) { return fmt::format("{:.6g}", value); }

std::string range_text(const ColumnSurvey& survey) {
  return short_number(survey.low) + " … " + short_number(survey.high);
}

std::string values_text(const ColumnSurvey& survey, bool with_shares = false) {
  constexpr std::size_t most = 3, longest = 16;
  const Counted all = by_frequency(survey);
  std::string text;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    const auto& [value, count] = all[i];
    const std::string cut{value.substr(0, longest)};
    text += (i == 0 ? "" : ", ") + cut + (cut.size() < value.size() ? "…" : "");
    if (with_shares)
      text += fmt::format(" {:.3g} %", 100 * double(count) / double(survey.present()));
  }
  return text + (all.size() > most ? fmt::format(", … ({})", all.size()) : "");
}

bool named_id(const std::string& of) {
  const std::string name = lower_case(of);
  for (const char* id : {"id", "index", "key", "uuid", "guid", "row", "no", "nr", "number"})
    if (name == id) return true;
  return name.ends_with("_id") || name.ends_with(" id") || name.starts_with("unnamed");
}

// The form of all its dates, or nothing. 3/4/2021 is March in America, 3.4.2021 and 3-4-2021 April.
std::optional<DateForm> date_form(const ColumnSurvey& survey, bool& doubtful) {
  const auto all = [&](DateForm form) {
    return survey.dates[std::size_t(form)] == survey.present();
  };
  // 20210304 is a date only where it would be a strange number.
  const bool numbers = survey.numbers == survey.present();
  if (all(DateForm::ymd) && !(numbers && (survey.low < 19000101 || survey.high > 21001231)))
    return DateForm::ymd;
  if (numbers) return std::nullopt;
  doubtful = all(DateForm::dmy) && all(DateForm::mdy);
  if (doubtful)
    return survey.values.begin()->first.find('/') == std::string::npos ? DateForm::dmy
                                                                       : DateForm::mdy;
  if (all(DateForm::dmy)) return DateForm::dmy;
  if (all(DateForm::mdy)) return DateForm::mdy;
  return std::nullopt;
}

void become_date(ColumnNote& note, const ColumnSurvey& survey, DateForm form, bool doubtful) {
  note.column.kind = form == DateForm::ymd   ? "date"
                     : form == DateForm::dmy ? "date_dmy"
                                             : "date_mdy";
  if (survey.clock) note.column.kind += "_time";
  const auto earlier = [&](const auto& a, const auto& b) {
    return days_of(a.first, form) < days_of(b.first, form);
  };
  const auto [first, last] =
      std::minmax_element(survey.values.begin(), survey.values.end(), earlier);
  note.shown = first->first + " … " + last->first;
  if (doubtful)
    note.remark = form == DateForm::mdy ? "read as month, day; if it is day, month: date_dmy"
                                        : "read as day, month; if it is month, day: date_mdy";
}

void become_category(ColumnNote& note, const ColumnSurvey& survey) {
  constexpr std::size_t most = 1000;
  const Size least = survey.rows < 500 ? 2 : survey.rows < 10000 ? 5 : 10;
  note.column.kind = "category";
  std::size_t rare = 0;
  for (const auto& [value, count] : by_frequency(survey))
    if (count >= least && note.column.values.size() < most)
      note.column.values.push_back(value);
    else
      ++rare;
  if (survey.missing >= least) note.column.values.emplace_back("");
  std::sort(note.column.values.begin(), note.column.values.end());
  if (rare > 0)
    note.remark = fmt::format("{} rare value{} taken as unknown", rare, rare == 1 ? "" : "s");
}

void ignore(ColumnNote& note, const char* why) {
  note.column.kind = "ignore";
  note.remark = why;
}

void fail_odd(const ColumnSurvey& survey, const std::string& path) {
  fail(
      "{}:{}: column {}: {} is not a number, as {} others of that column are; correct it, or leave "
      "it empty when it is not known",
      path, survey.odd_line, in_quotes(survey.name), shortened(survey.odd), survey.numbers);
}

// Whole numbers that are few, or that people write as classes.
bool looks_like_classes(const ColumnSurvey& survey) {
  if (survey.numbers < survey.present()) return true;
  constexpr Size most = 20, rows_each = 10;
  return survey.whole == survey.present() &&
         (survey.distinct() == 2 ||
          (survey.distinct() <= most && survey.present() >= rows_each * survey.distinct() &&
           survey.low >= 0 && survey.high <= double(most)));
}

}  // namespace

ColumnNote note_of(const ColumnSurvey& survey, const std::string& path) {
  constexpr Size enough = 20;  // rows, to call a column an id
  ColumnNote note{.column = {.name = survey.name},
                  .shown = values_text(survey),
                  .missing = double(survey.missing) / double(survey.rows)};
  const Size present = survey.present();
  const bool numbers = survey.numbers == present;
  bool doubtful = false;
  if (present == 0) {
    ignore(note, "ignored: it is empty");
  } else if (survey.distinct() == 1 && survey.missing == 0) {
    ignore(note, "ignored: it is always the same");
  } else if (const auto form = date_form(survey, doubtful)) {
    become_date(note, survey, *form, doubtful);
  } else if (numbers && present >= enough && survey.distinct() == present &&
             (survey.consecutive() || (survey.whole == present && named_id(survey.name)))) {
    note.shown = range_text(survey);
    ignore(note, "ignored: an id, which says nothing of other rows");
  } else if (numbers) {
    note.shown = range_text(survey);
  } else if (survey.truths == present && survey.distinct() == 2) {
    note.column.kind = "boolean";
  } else if (double(survey.numbers) >= 0.9 * double(present)) {
    fail_odd(survey, path);
  } else if (present >= enough && 2 * survey.distinct() > present) {
    ignore(note, survey.distinct() == present ? "ignored: an id or a text, another one in each row"
                                              : "ignored: a text, another one in most rows");
  } else {
    become_category(note, survey);
    if (note.column.values.empty()) ignore(note, "ignored: each of its values is rare");
  }
  return note;
}

ColumnNote note_as(const ColumnSurvey& survey, const std::string& kind) {
  ColumnNote note{.column = {.name = survey.name, .kind = kind},
                  .shown = values_text(survey),
                  .missing = double(survey.missing) / double(survey.rows)};
  if (kind == "category")
    become_category(note, survey);
  else  // for the check of the kind
    note.column = Columns::read(Setting(Setting::Table{{survey.name, kind}})).list.front();
  if (note.remark.empty()) note.remark = "as asked for";
  return note;
}

TargetNote target_note(const ColumnSurvey& survey, const std::string& task,
                       const std::string& path) {
  const std::string name = in_quotes(survey.name);
  if (survey.present() == 0) fail("{}: the target column {} is empty in all rows", path, name);
  if (survey.distinct() < 2)
    fail("{}: the target column {} is always {}: there is nothing to learn", path, name,
         shortened(survey.values.begin()->first));
  const bool numbers = survey.numbers == survey.present();
  TargetNote note;
  note.classes = task == "auto" ? looks_like_classes(survey) : task == "classes";
  if (!note.classes || (!numbers && double(survey.numbers) >= 0.9 * double(survey.present()) &&
                        survey.distinct() > 20)) {
    if (!numbers) fail_odd(survey, path);
    note.task = "regression";
    note.shown = range_text(survey);
    note.why = survey.whole < survey.present()
                   ? "its numbers have fractions"
                   : fmt::format("it has {} different whole numbers", survey.distinct());
    if (task != "auto") note.why = "as asked for";
    return note;
  }
  if (survey.distinct() > 1000 || 2 * survey.distinct() > survey.present())
    fail(
        "{}: the target column {} has {} different values in {} rows, too many for classes; name "
        "another by --target",
        path, name, survey.distinct(), survey.present());
  note.count = survey.distinct();
  note.task = fmt::format("{} classes", note.count);
  note.shown = values_text(survey, true);
  note.why = task != "auto" ? "as asked for"
             : numbers      ? fmt::format("it has {} whole numbers only", note.count)
                            : "it holds texts";
  return note;
}

}  // namespace goodfit
