// Confusion text: which classes a model takes for which, for people and for programs.
//
//   up to 20 classes   the matrix: a row for each target, a column for each class found
//   more               the 20 most frequent mistakes
#pragma once
#include "goodfit/base/setting.hpp"
#include "goodfit/parts/metrics/confusion.hpp"

namespace goodfit {

// A name for each class: those without one are called by their number.
std::vector<std::string> class_names(const Confusion& confusion, std::vector<std::string> known);

std::string confusion_text(const Confusion& confusion, std::vector<std::string> names);
Setting to_setting(const Confusion& confusion);  // a list for each target

}  // namespace goodfit
