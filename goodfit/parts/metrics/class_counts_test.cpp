#include "goodfit/parts/metrics/class_counts.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(ClassCounts, CountFindsTargetsAndBoth) {
  ClassCounts counts;
  const std::vector<float> outputs{9, 0, 0, /**/ 9, 0, 0, /**/ 0, 0, 9, /**/ std::nanf(""), 0, 0};
  const std::vector<float> targets{0, 1, 2, 2};
  count_classes("m", "macro", counts, {outputs, targets, 4, 3, 1});
  ASSERT_EQ(counts.size(), 3u);
  EXPECT_EQ(counts[0].found, 2);
  EXPECT_EQ(counts[0].right, 1);
  EXPECT_EQ(counts[1].found, 0);
  EXPECT_EQ(counts[1].wanted, 1);
  EXPECT_EQ(counts[2].wanted, 2);
  EXPECT_EQ(counts[2].right, 1);
}

TEST(ClassCounts, AverageOverTheClassesThatOccur) {
  const ClassCounts counts{{4, 2, 2}, {0, 3, 0}, {0, 0, 0}};
  const auto precision = [](const ClassCount& c) { return share_of(c.right, c.found); };
  EXPECT_EQ(average_over_classes("macro", counts, precision), (0.5 + 0) / 2);
  EXPECT_EQ(average_over_classes("micro", counts, precision), 2 / 4.0);
  EXPECT_EQ(average_over_classes("positive", counts, precision), 0);
}

TEST(ClassCounts, RefuseAPositiveClassAmongMany) {
  ClassCounts counts;
  const std::vector<float> outputs{1, 2, 3}, target{0};
  expect_error(
      [&] {
        count_classes("recall", "positive", counts, {outputs, target, 1, 3, 1});
      },
      "recall.average = \"positive\" is for two classes, not 3: take macro or micro");
  expect_error(
      [&] {
        count_classes("recall", "macro", counts, {outputs, outputs, 1, 3, 3});
      },
      "recall needs one class per sample, not 3 numbers");
}

}  // namespace goodfit
