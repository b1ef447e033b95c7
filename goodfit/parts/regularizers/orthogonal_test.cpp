#include "goodfit/parts/regularizers/orthogonal.hpp"

#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {

// W = [1 2; 0 1]:  W Wᵀ − 1 = [4 2; 2 0], its squares 24;  4 (W Wᵀ − 1) W = 4 [4 10; 2 4].
TEST(Orthogonal, AddsTheSquaresOfWhatIsNotOrthonormal) {
  const Penalty found = penalty_of(OrthogonalRegularizer{.lambda = 0.5}, {1, 2, 0, 1}, 2);
  EXPECT_DOUBLE_EQ(found.value, 12);
  EXPECT_EQ(found.gradient, (std::vector<double>{8, 20, 4, 8}));
}

// W = [1 0 2]: W Wᵀ − 1 = 4. As a column Wᵀ W is the same product.
TEST(Orthogonal, TakesTheSmallerProduct) {
  for (const Size rows : {1, 3}) {
    const Penalty found = penalty_of(OrthogonalRegularizer{.lambda = 1}, {1, 0, 2}, rows);
    EXPECT_DOUBLE_EQ(found.value, 16);
    EXPECT_EQ(found.gradient, (std::vector<double>{16, 0, 32}));
  }
}

TEST(Orthogonal, LeavesOrthonormalRowsOrColumnsAlone) {
  for (const Size rows : {2, 3}) {
    const std::vector<double> wide{0.6, 0, -0.8, 0, 1, 0}, tall{0.6, 0, 0, 1, -0.8, 0};
    const Penalty found = penalty_of(OrthogonalRegularizer{}, rows == 2 ? wide : tall, rows);
    EXPECT_NEAR(found.value, 0, 1e-15);
    for (const double slope : found.gradient) EXPECT_NEAR(slope, 0, 1e-15);
  }
}

TEST(Orthogonal, DescentMakesRowsOrthonormal) {
  std::vector<double> w{1, 0.5, -0.3, 0.9, 1.2, 0.4};
  Penalty found;
  for (int step = 0; step < 300; ++step) {
    found = penalty_of(OrthogonalRegularizer{.lambda = 1}, w, 2);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] -= 0.05 * found.gradient[i];
  }
  EXPECT_NEAR(found.value, 0, 1e-12);
  EXPECT_NEAR(w[0] * w[3] + w[1] * w[4] + w[2] * w[5], 0, 1e-6);
  EXPECT_NEAR(w[0] * w[0] + w[1] * w[1] + w[2] * w[2], 1, 1e-6);
}

}  // namespace goodfit
