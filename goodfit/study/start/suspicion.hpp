// Suspicion: columns that know the target too well, and rows that stand in two splits.
//
// A leak: the target of a row told by its neighbours in the order of one column alone, those of the
// same value or else the one before and the one behind. For numbers the share of the variance that
// this explains, for classes the share of what guessing the most frequent class leaves wrong; from
// 0.99 on it is suspicious. Source: Kaufman, Rosset & Perlich 2012, "Leakage in Data Mining", for
// what it does.
#pragma once
#include <optional>

#include "goodfit/study/start/survey.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

struct Leak {
  std::string feature;
  double share;
};
std::vector<Leak> leaks(const Data& data, bool classes);

// Rows of validation and test that are trained on as well, features and target: a line, or none.
// Samples that stay in their files are not looked at.
std::optional<std::string> repeats(const Portions& portions);

// A line for each class that is too rare to be learned, of those counted here.
std::vector<std::string> rare_classes(const ColumnSurvey& target);

}  // namespace goodfit
