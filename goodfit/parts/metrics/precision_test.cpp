#include "goodfit/parts/metrics/precision.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {
TEST(Precision, IsTheMeanOverClassesOrOfAllSamples) {
  // Finds: class 0 three times, two right; class 1 once, wrong; class 2 twice, one right.
  EXPECT_DOUBLE_EQ(measured(Precision{}, 3, six_outputs, six_targets),
                   (2 / 3.0 + 0 / 1.0 + 1 / 2.0) / 3);
  EXPECT_DOUBLE_EQ(measured(Precision{.average = "micro"}, 3, six_outputs, six_targets), 3 / 6.0);
}

TEST(Precision, OfTheSecondOfTwoClasses) {
  // Found 1 1 1 0 0, wanted 1 1 0 1 1: two right of three finds and four samples.
  EXPECT_DOUBLE_EQ(
      measured(Precision{.average = "positive"}, 1, {2, 1, 3, -1, -2}, {1, 1, 0, 1, 1}), 2 / 3.0);
}

TEST(Precision, IsNothingWhereNothingIsRight) {
  EXPECT_EQ(measured(Precision{.average = "positive"}, 1, {-1, -1}, {0, 0}), 0);
  EXPECT_EQ(measured(Precision{}, 1, {-1, 1}, {1, 0}), 0);
}

}  // namespace goodfit
