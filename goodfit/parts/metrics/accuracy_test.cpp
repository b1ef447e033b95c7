#include "goodfit/parts/metrics/accuracy.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

double measured(std::vector<float> outputs, std::vector<float> targets, Size width) {
  const auto meter = Metric(Accuracy{}).meter();
  meter->add({outputs, targets, Size(targets.size()), width, 1});
  return meter->value();
}

}  // namespace

TEST(Accuracy, CountsTheLargestOutput) {
  EXPECT_EQ(measured({1, 3, 2, /**/ 9, 0, 1, /**/ -3, -2, -1, /**/ 0, 1, 2}, {1, 0, 2, 0}, 3),
            0.75);
}

TEST(Accuracy, TakesTheFirstOfEqualOutputs) {
  EXPECT_EQ(measured({1, 1, /**/ 1, 1}, {0, 1}, 2), 0.5);
}

TEST(Accuracy, TakesTheSignOfASingleLogit) {
  EXPECT_EQ(measured({0.1f, -5, 7, -0.1f, 0}, {1, 0, 0, 1, 0}, 1), 0.6);
}

TEST(Accuracy, NeverCountsWhatIsNoNumberOrNoClass) {
  const float nan = std::nanf("");
  EXPECT_EQ(measured({nan, nan, /**/ nan, 1, /**/ 1, nan}, {0, 0, 0}, 2), 0);
  EXPECT_EQ(measured({nan, nan}, {0, 1}, 1), 0);
  EXPECT_EQ(measured({1, 0, /**/ 1, 0, /**/ 1, 0}, {-1, 2, nan}, 2), 0);
}

TEST(Accuracy, RefusesTargetsThatAreNoClasses) {
  const std::array<float, 2> numbers{0, 1};
  expect_error(
      [&] {
        Metric(Accuracy{}).meter()->add({numbers, numbers, 1, 2, 2});
      },
      "one class per sample, not 2 numbers");
}

}  // namespace goodfit
