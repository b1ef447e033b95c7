#include "goodfit/parts/metrics/top_k.hpp"

#include "goodfit/parts/metrics/accuracy.hpp"
#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(TopK, CountsTargetsAmongTheLargest) {
  // The target is third, second, first, last of four.
  const std::vector<float> outputs{4, 3, 2, 1, /**/ 4, 3, 2, 1, /**/ 1, 9, 2, 3, /**/ 4, 3, 2, 1};
  const std::vector<float> targets{2, 1, 1, 3};
  EXPECT_EQ(measured(TopK{.k = 1}, 4, outputs, targets), 1 / 4.0);
  EXPECT_EQ(measured(TopK{.k = 2}, 4, outputs, targets), 2 / 4.0);
  EXPECT_EQ(measured(TopK{.k = 3}, 4, outputs, targets), 3 / 4.0);
}

TEST(TopK, TakesTheFirstOfEqualOutputs) {
  EXPECT_EQ(measured(TopK{.k = 2}, 3, {1, 1, 1, /**/ 1, 1, 1, /**/ 1, 1, 1}, {0, 1, 2}), 2 / 3.0);
}

TEST(TopK, IsAccuracyForOne) {
  const float nan = std::nanf("");
  const std::vector<float> outputs{1, 2, 0, /**/ 2, 2, 1, /**/ nan, 0, 0, /**/ 0, nan, 1};
  const std::vector<float> targets{1, 1, 0, 2};
  EXPECT_EQ(measured(TopK{.k = 1}, 3, outputs, targets), measured(Accuracy{}, 3, outputs, targets));
  EXPECT_EQ(measured(TopK{.k = 1}, 1, {1, -1, 2}, {1, 1, 0}), 1 / 3.0);
}

TEST(TopK, RefusesToCountEverySample) {
  expect_error(
      [] {
        measured(TopK{}, 5, {1, 2, 3, 4, 5}, {0});
      },
      "top_k.k = 5 is not allowed for 5 classes: every sample would be right");
}

}  // namespace goodfit
