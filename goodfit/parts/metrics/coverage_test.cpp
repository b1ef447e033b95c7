#include "goodfit/parts/metrics/coverage.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {
namespace {

// Means of 0, 10, 0 and 10; the intervals at 0.9 reach 1.645, 3.290, 1.645 and 3.290 far.
const std::vector<float> means{0, 10, 0, 10}, deviations{1, 2, 1, 2};
double coverage(double level, const std::vector<float>& targets) {
  return measured(Coverage{level}, 1, means, targets, 1, deviations);
}

}  // namespace

TEST(Coverage, IsTheShareOfTargetsInside) {
  EXPECT_EQ(coverage(0.9, {1.64f, 13.28f, -1.64f, 6.72f}), 1);
  EXPECT_EQ(coverage(0.9, {1.65f, 13.28f, -1.64f, 6.72f}), 0.75);
  EXPECT_EQ(coverage(0.9, {1.65f, 13.30f, -1.65f, 6.72f}), 0.25);
  EXPECT_EQ(coverage(0.5, {0.67f, 11.36f, -0.68f, 8.66f}), 0.5);  // 0.6745 and 1.3490
}

TEST(Coverage, CountsEveryTargetOfASample) {
  EXPECT_EQ(measured(Coverage{}, 2, means, {0, 10, 2, 14}, 2, deviations), 0.5);
}

TEST(Coverage, ADeviationOfZeroHoldsItsMeanAlone) {
  EXPECT_EQ(measured(Coverage{}, 1, {1, 1}, {1, 2}, 1, {0, 0}), 0.5);
}

TEST(Coverage, WhatIsNoNumberHoldsNothing) {
  EXPECT_EQ(measured(Coverage{}, 1, {std::nanf(""), 1}, {1, 1}, 1, {1, 1}), 0.5);
  EXPECT_EQ(measured(Coverage{}, 1, {1, 1}, {1, 1}, 1, {1, std::nanf("")}), 0.5);
}

}  // namespace goodfit
