#include "goodfit/parts/initializers/orthogonal.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {

namespace {

// The products of all rows (or all columns) with each other: gain² on the diagonal, 0 elsewhere.
void expect_orthogonal(const std::vector<float>& w, Size rows, Size columns, double gain) {
  const bool wide = rows <= columns;
  const Size vectors = wide ? rows : columns, length = wide ? columns : rows;
  for (Size a = 0; a < vectors; ++a)
    for (Size b = 0; b < vectors; ++b) {
      double product = 0;
      for (Size i = 0; i < length; ++i)
        product += double(w[std::size_t(wide ? a * columns + i : i * columns + a)]) *
                   double(w[std::size_t(wide ? b * columns + i : i * columns + b)]);
      EXPECT_NEAR(product, a == b ? gain * gain : 0, 1e-6 * gain * gain) << a << ", " << b;
    }
}

}  // namespace

TEST(Orthogonal, RowsOfAWideAndColumnsOfATallMatrixAreOrthogonal) {
  for (const auto& [rows, columns] : {std::pair{7, 7}, {5, 31}, {31, 5}, {1, 9}, {9, 1}}) {
    std::vector<float> w(std::size_t(rows * columns));
    Random random(1, 1);
    Orthogonal{.gain = 2}.fill(w, {.in = columns, .out = rows}, random);
    expect_orthogonal(w, rows, columns, 2);
  }
}

TEST(Orthogonal, FiltersOfAConvolutionAreFlatRows) {
  const Size filters = 4, inputs = 3 * 3 * 2;
  std::vector<float> w(std::size_t(filters * inputs));
  Random random(1, 1);
  Orthogonal{}.fill(w, {.in = inputs, .out = filters * 3 * 3}, random);
  expect_orthogonal(w, filters, inputs, 1);
}

TEST(Orthogonal, IsTheFactorWhoseTriangleHasAPositiveDiagonal) {
  // A = R Q of two rows: q₀ along a₀, q₁ along what a₁ has beside q₀; both products with A
  // positive.
  std::vector<float> w(2 * 3);
  Random random(1, 1), same(1, 1);
  Orthogonal{}.fill(w, {.in = 3, .out = 2}, random);
  std::array<double, 6> a;
  for (double& x : a) x = same.normal();
  const double size = std::sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]);
  double across = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_FLOAT_EQ(w[i], float(a[i] / size));
    across += double(w[3 + i]) * a[3 + i];
  }
  EXPECT_GT(across, 0);
}

}  // namespace goodfit
