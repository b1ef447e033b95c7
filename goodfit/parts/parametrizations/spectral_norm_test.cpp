#include "goodfit/parts/parametrizations/spectral_norm.hpp"

#include "goodfit/parts/parametrizations/testing.hpp"

namespace goodfit {

// diag(3, 2, 1) has the singular values 3, 2, 1.
TEST(SpectralNorm, DividesByTheLargestSingularValueInTime) {
  Built net({dense_by({SpectralNorm{}})}, {3}, 3);
  net.set("layers.0.weight_orig", {3, 0, 0, 0, 2, 0, 0, 0, 1});
  Numbers w;
  for (int step = 0; step < 60; ++step) w = weight_in(net, 3);
  expect_numbers(w, Numbers{1, 0, 0, 0, 2.0 / 3, 0, 0, 0, 1.0 / 3}, 1e-6);
}

TEST(SpectralNorm, BeginsNearTheTruth) {
  Built net({dense_by({SpectralNorm{}}, 8)}, {5}, 5);
  const Numbers w = weight_in(net, 5);
  // ‖W x‖ ≤ σ ‖x‖ with σ near 1; the squares of the singular values add up to Σ w².
  double squares = 0;
  for (const double x : w) squares += x * x;
  EXPECT_GT(squares, 0.95);
  EXPECT_LT(squares, 5);
}

TEST(SpectralNorm, EvaluationMovesNothing) {
  Built net({dense_by({SpectralNorm{}})}, {3}, 3, Mode::evaluate);
  const ConstSpan kept = net.store.at("layers.0.weight_u");
  const std::vector<float> before(kept.begin(), kept.end());
  weight_in(net, 3);
  EXPECT_EQ(std::vector<float>(kept.begin(), kept.end()), before);
}

}  // namespace goodfit
