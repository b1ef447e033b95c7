#include "goodfit/parts/losses/gaussian_nll.hpp"

#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(GaussianNll, IsHalfTheLogOfTheVarianceAndTheSquaredErrorByIt) {
  // Two targets: errors 3 and −1, variances 9 and e; ε does not count.
  EXPECT_NEAR(loss_of(GaussianNll{.eps = 1e-300}, 4, {5, 0, std::log(9.0), 1}, {2, 1}),
              (std::log(9.0) + 9 / 9.0 + 1 + std::exp(-1.0)) / 4, 1e-12);
}

TEST(GaussianNll, IsLeastAtTheVarianceOfTheErrors) {
  const auto at = [](double s) { return loss_of(GaussianNll{}, 2, {0, s, 0, s}, {3, -1}); };
  const double best = std::log((9 + 1) / 2.0);
  EXPECT_LT(at(best), at(best + 0.01));
  EXPECT_LT(at(best), at(best - 0.01));
}

TEST(GaussianNll, KeepsTheVarianceAboveEps) {
  // v = e^s + ε, however small s is.
  EXPECT_NEAR(loss_of(GaussianNll{.eps = 0.25}, 2, {1, -1e4}, {0}), (std::log(0.25) + 4) / 2,
              1e-12);
  EXPECT_NEAR(loss_of(GaussianNll{.eps = 0.25}, 2, {1, std::log(0.5)}, {0}),
              (std::log(0.75) + 1 / 0.75) / 2, 1e-12);
  EXPECT_NEAR(loss_of(GaussianNll{}, 2, {1, 1e4}, {0}), 5e3, 1e-9);  // where e^s has no double
}

TEST(GaussianNll, IsForMeansAndLogVariances) {
  EXPECT_EQ(Loss(GaussianNll{}).meaning(), Meaning::normal);
}

TEST(GaussianNll, RefusesOutputsThatAreNotTwiceTheTargets) {
  Graph graph(2);
  expect_error([&] { GaussianNll{}.build(graph.input({3}, "x"), graph.target({1}, "t")); },
               "gaussian_nll: 3 outputs are not a mean and a log variance for each target");
  expect_error([&] { GaussianNll{}.build(graph.input({4}, "y"), graph.target({4}, "u")); },
               "gaussian_nll: targets of shape [2, 4] do not fit outputs of shape [2, 4]");
}

}  // namespace goodfit
