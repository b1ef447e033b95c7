#include "goodfit/parts/optimizers/chained_sum.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(ChainedSum, AddsEveryNumberOnceWhateverTheLength) {
  for (std::size_t count = 0; count < 40; ++count)
    EXPECT_EQ(chained_sum(count, [](std::size_t i) { return double(i + 1); }),
              double(count * (count + 1) / 2));
}

}  // namespace goodfit
