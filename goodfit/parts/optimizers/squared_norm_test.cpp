#include "goodfit/parts/optimizers/squared_norm.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(SquaredNorm, AddsEverySquareOnceWhateverTheLength) {
  for (std::size_t count = 0; count < 40; ++count) {
    std::vector<float> x(count);
    double wanted = 0;  // 1² + 2² + … = n (n + 1)(2n + 1) / 6, exact in double
    for (std::size_t i = 0; i < count; ++i) x[i] = float(i + 1);
    wanted = double(count) * double(count + 1) * double(2 * count + 1) / 6;
    EXPECT_EQ(squared_norm(x), wanted) << count;
  }
}

TEST(SquaredNorm, HoldsWhatAFloatCannot) {
  EXPECT_DOUBLE_EQ(squared_norm(std::array{1e30f, 1e30f}), 2 * double(1e30f) * double(1e30f));
}

}  // namespace goodfit
