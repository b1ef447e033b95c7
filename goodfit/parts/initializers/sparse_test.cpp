#include "goodfit/parts/initializers/sparse.hpp"

#include <gtest/gtest.h>

namespace goodfit {

TEST(Sparse, LeavesEachInputTheSameNumberOfUnits) {
  std::vector<float> w(7 * 10);
  Random random(1, 1);
  Sparse{.sparsity = 0.5}.fill(w, {.in = 10, .out = 7}, random);
  std::vector<int> of_unit(7);
  for (std::size_t column = 0; column < 10; ++column) {
    int zeros = 0;
    for (std::size_t row = 0; row < 7; ++row)
      if (w[row * 10 + column] == 0) ++zeros, ++of_unit[row];
    EXPECT_EQ(zeros, 4);  // ⌈3.5⌉
  }
  for (const int zeros : of_unit) EXPECT_LT(zeros, 10);  // not the same units for every input
}

TEST(Sparse, KeepsAllOrNothingAtTheEnds) {
  std::vector<float> w(6);
  Random random(1, 1);
  Sparse{.sparsity = 0, .std = 1}.fill(w, {.in = 3, .out = 2}, random);
  EXPECT_EQ(std::count(w.begin(), w.end(), 0.0f), 0);
  Sparse{.sparsity = 1, .std = 1}.fill(w, {.in = 3, .out = 2}, random);
  EXPECT_EQ(std::count(w.begin(), w.end(), 0.0f), 6);
}

}  // namespace goodfit
