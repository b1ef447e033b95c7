#include "goodfit/parts/metrics/f1.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {
namespace {

// Found 0 0 0 1 2 2, wanted 0 0 1 2 1 2.
const std::vector<float> outputs{9, 0, 0, 9, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 9};
const std::vector<float> targets{0, 0, 1, 2, 1, 2};

}  // namespace

TEST(F1, IsTheMeanOverClassesOrOfAllSamples) {
  // 2 right / (found + wanted): 4 / (3 + 2), 0 / (1 + 2), 2 / (2 + 2).
  EXPECT_DOUBLE_EQ(measured(F1{}, 3, outputs, targets), (2 * 2 / 5.0 + 0 / 3.0 + 2 * 1 / 4.0) / 3);
  EXPECT_DOUBLE_EQ(measured(F1{.average = "micro"}, 3, outputs, targets), 3 / 6.0);
}

TEST(F1, OfTheSecondOfTwoClasses) {
  // Found 1 1 1 0 0, wanted 1 1 0 1 1: two right of three finds and four samples.
  EXPECT_DOUBLE_EQ(measured(F1{.average = "positive"}, 1, {2, 1, 3, -1, -2}, {1, 1, 0, 1, 1}),
                   2 * 2 / 7.0);
}

TEST(F1, IsNothingWhereNothingIsRight) {
  EXPECT_EQ(measured(F1{.average = "positive"}, 1, {-1, -1}, {0, 0}), 0);
  EXPECT_EQ(measured(F1{}, 1, {-1, 1}, {1, 0}), 0);
}

}  // namespace goodfit
