// Class counts: how often each class was found, was the target, and was both; what precision,
// recall and f1 are made of.
//
//   macro      the mean over the classes that occur among targets or outputs
//   micro      of the sums over all classes; with one class per sample this is the accuracy
//   positive   of class 1 alone, for two classes
//
// A quotient by 0 is 0, as in scikit-learn.
#pragma once
#include <limits>
#include <vector>

#include "goodfit/parts/metrics/classes.hpp"

namespace goodfit {

struct ClassCount {
  Size found = 0, wanted = 0, right = 0;
};
using ClassCounts = std::vector<ClassCount>;

inline constexpr Choices class_averages{"macro", "micro", "positive"};
inline constexpr std::string_view class_averages_about =
    "over classes alike, over samples alike, or of class 1 of two";

// Throws Error when `average` does not suit the classes.
inline void count_classes(std::string_view metric, const std::string& average, ClassCounts& counts,
                          const Outcome& outcome) {
  check_classes(metric, outcome);
  if (average == "positive" && classes_of(outcome) != 2)
    fail("{}.average = \"positive\" is for two classes, not {}: take macro or micro", metric,
         classes_of(outcome));
  counts.resize(std::size_t(classes_of(outcome)));
  for (Size i = 0; i < outcome.rows; ++i) {
    const ClassRow row(outcome, i);
    const Size found = row.found();
    if (found >= 0) ++counts[std::size_t(found)].found;
    if (row.target >= 0) ++counts[std::size_t(row.target)].wanted;
    if (found >= 0 && found == row.target) ++counts[std::size_t(found)].right;
  }
}

// `quotient(count)` of one class or of their sum. NaN before the first row.
template <class Quotient>
double average_over_classes(const std::string& average, const ClassCounts& counts,
                            Quotient quotient) {
  ClassCount all;
  double sum = 0;
  Size classes = 0;
  for (const ClassCount& one : counts) {
    all.found += one.found, all.wanted += one.wanted, all.right += one.right;
    if (one.found + one.wanted == 0) continue;
    ++classes;
    sum += quotient(one);
  }
  if (classes == 0) return std::numeric_limits<double>::quiet_NaN();
  if (average == "micro") return quotient(all);
  return average == "positive" ? quotient(counts[1]) : sum / double(classes);
}

inline double share_of(Size part, Size whole) {
  return whole == 0 ? 0 : double(part) / double(whole);
}

}  // namespace goodfit
