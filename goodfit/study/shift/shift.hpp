// Shift: whether the features of new samples are distributed as those of old ones, and what
// changed.
//
//   each number    its values (Kolmogorov-Smirnov), its range, its share of missing values
//   each category  the shares of its values
//   all together   whether a network learns to tell new samples from old (joint.hpp)
//
// Each test has its p from two_samples.hpp. Holm's correction over all tests of features, and half
// of the level for them and half for all together: the chance of any false alarm is 5 % at most,
// however many features there are. With many rows a change that does not matter is sure, too: so
// distance says how large it is. Sources: Rabanser, Günnemann & Lipton 2019, "Failing Loudly",
// arXiv:1810.11953; Holm 1979.
#pragma once
#include <optional>

#include "goodfit/study/shift/data_summary.hpp"

namespace goodfit {

// Of a date, which is days since 1970, as one.
std::string value_text(double value, bool date);

struct FeatureShift {
  std::string name = {};
  bool date = false;
  double p = 1;         // the smallest of its tests, corrected
  double distance = 0;  // 0 … 1: largest |F − G| of a number, ½ Σ |p − q| of a category
  double moved = 0;     // of a number: difference of the means in deviations
  double missing_a = 0, missing_b = 0;  // shares
  Size below = 0, above = 0;            // values of b outside the range of a
  double low = 0, high = 0;             // this range
  double farthest = 0;                  // of these values
  bool far = false;  // it is outside by more than three times the range, of which one row is enough
  std::vector<std::pair<std::string, Size>> unseen = {};  // values that a does not have
  std::string change = {};                                // in words

  double effect() const;  // the larger of the distance and what the share of missing values changed
  // Sure, and large enough to be told unasked: with many rows the smallest change is sure.
  bool matters(double level) const;
};

struct Joint {
  double auc = 0.5;  // chance that a new sample is ranked above an old one
  double p = 1;
  Size rows = 0;                     // that the network had not seen
  std::vector<std::string> by = {};  // features that it tells them by, the most telling first
};

struct Shift {
  static constexpr double level = 0.05;

  Size rows_a = 0, rows_b = 0;
  std::vector<FeatureShift> features = {};  // the smallest p first
  std::optional<Joint> joint = {};

  double p() const;
  bool found() const { return p() < level; }
  bool matters(double level) const;  // a feature, or all together
};

// Of new samples `b` with old ones `a`, which have the same features.
Shift shift_of(const DataSummary& a, const DataSummary& b);
void add_joint(Shift& shift, const Joint& joint);

Setting to_setting(const Shift& shift);

}  // namespace goodfit
