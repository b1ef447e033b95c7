#include "goodfit/parts/metrics/recall.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {
TEST(Recall, IsTheMeanOverClassesOrOfAllSamples) {
  // Targets: class 0 twice, both found; class 1 twice, none; class 2 twice, one.
  EXPECT_DOUBLE_EQ(measured(Recall{}, 3, six_outputs, six_targets),
                   (2 / 2.0 + 0 / 2.0 + 1 / 2.0) / 3);
  EXPECT_DOUBLE_EQ(measured(Recall{.average = "micro"}, 3, six_outputs, six_targets), 3 / 6.0);
}

TEST(Recall, OfTheSecondOfTwoClasses) {
  // Found 1 1 1 0 0, wanted 1 1 0 1 1: two right of three finds and four samples.
  EXPECT_DOUBLE_EQ(measured(Recall{.average = "positive"}, 1, {2, 1, 3, -1, -2}, {1, 1, 0, 1, 1}),
                   2 / 4.0);
}

TEST(Recall, IsNothingWhereNothingIsRight) {
  EXPECT_EQ(measured(Recall{.average = "positive"}, 1, {-1, -1}, {0, 0}), 0);
  EXPECT_EQ(measured(Recall{}, 1, {-1, 1}, {1, 0}), 0);
}

}  // namespace goodfit
