// Kinds: what each column of a table most likely is, and why.
//
//   empty, or always the same                           ignore
//   numbers that count the rows, or an id by its name   ignore
//   dates, in one order of day, month and year          date
//   numbers                                             number
//   two words for yes and no                            boolean
//   a text of its own in most rows                      ignore
//   other texts: those that are not rare                category
//
// A column in which nearly all fields are numbers must have numbers alone: the first text is an
// error.
#pragma once
#include "goodfit/study/start/survey.hpp"

namespace goodfit {

struct ColumnNote {
  Column column = {};
  std::string shown = {};   // its range, or some of its values
  double missing = 0;       // share of the rows
  std::string remark = {};  // why it is not what it seems, or nothing
};

// `path` stands for the table in errors.
ColumnNote note_of(const ColumnSurvey& survey, const std::string& path);
// The same of a column whose kind is given, or "category".
ColumnNote note_as(const ColumnSurvey& survey, const std::string& kind);

struct TargetNote {
  bool classes = false;
  Size count = 0;          // of classes
  std::string task = {};   // "regression", "2 classes"
  std::string shown = {};  // its range, or its classes and how often each is there
  std::string why = {};
};

// `task` is "auto", "regression" or "classes". Throws Error for a target of one value.
TargetNote target_note(const ColumnSurvey& survey, const std::string& task,
                       const std::string& path);

}  // namespace goodfit
