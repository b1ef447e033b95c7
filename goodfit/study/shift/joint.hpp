// Joint: whether all features together tell new samples from old, where no one of them does.
//
// The classifier two-sample test: a small network learns on half of the samples to tell the new
// from the old and ranks the other half. If both are of one distribution, it ranks by chance,
// whatever it has learned, so that the rank test (two_samples.hpp) is a test of all dependences
// between features that it can see. The ranking is judged and not the share of right answers,
// which needs equal sides and a threshold. What it tells them by: the loss of AUC when a feature of
// the other half is shuffled.
//
// At most 5000 rows of each side, and four of the larger for one of the smaller; nothing for less
// than 40 of either, which could prove too little. Source: Lopez-Paz & Oquab 2017, "Revisiting
// Classifier Two-Sample Tests", arXiv:1610.06545; Breiman 2001, "Random Forests", section 10, for
// the shuffling.
#pragma once
#include "goodfit/study/shift/shift.hpp"

namespace goodfit {

// `features` stand in both, which may have missing numbers.
std::optional<Joint> joint_test(const Samples& old, const Samples& next,
                                const std::vector<SummarizedFeature>& features,
                                std::uint64_t seed = 0);

}  // namespace goodfit
