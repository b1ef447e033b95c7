#include "goodfit/parts/metrics/rmse.hpp"

#include <gtest/gtest.h>

#include "tests/part_laws.hpp"

namespace goodfit {

TEST(Rmse, IsTheRootOfTheMeanSquare) {
  const std::array<float, 4> outputs{1, 2, 3, 4}, targets{2, 2, 1, -1.5f};  // 1 + 0 + 4 + 30.25
  const auto meter = Metric(Rmse{}).meter();
  meter->add({outputs, targets, 4, 1, 1});
  EXPECT_DOUBLE_EQ(meter->value(), std::sqrt(35.25 / 4));
}

TEST(Rmse, SumsInDouble) {
  const std::vector<float> outputs(1 << 20, 0.1f),
      targets(1 << 20, 0.0f);  // float would be off by 1e-4
  const auto meter = Metric(Rmse{}).meter();
  meter->add({outputs, targets, 1 << 20, 1, 1});
  EXPECT_NEAR(meter->value(), double(0.1f), 1e-12);
}

TEST(Rmse, RefusesClasses) {
  const std::array<float, 3> outputs{1, 2, 3}, target{0};
  expect_error(
      [&] {
        Metric(Rmse{}).meter()->add({outputs, target, 1, 3, 1});
      },
      "3 outputs but each sample 1 targets");
}

}  // namespace goodfit
