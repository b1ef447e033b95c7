#include "goodfit/parts/metrics/mae.hpp"

#include <gtest/gtest.h>

#include "tests/part_laws.hpp"

namespace goodfit {

TEST(MaeMetric, IsTheMeanOfTheDistances) {
  const std::array<float, 4> outputs{1, 2, 3, 4}, targets{2, 2, 1, -1};  // 1, 0, 2, 5
  const auto meter = Metric(MaeMetric{}).meter();
  meter->add({outputs, targets, 2, 2, 2});
  EXPECT_EQ(meter->value(), 2.0);
}

TEST(MaeMetric, RefusesClasses) {
  const std::array<float, 3> outputs{1, 2, 3}, target{0};
  expect_error(
      [&] {
        Metric(MaeMetric{}).meter()->add({outputs, target, 1, 3, 1});
      },
      "3 outputs but each sample 1 targets");
}

}  // namespace goodfit
