#include "goodfit/parts/optimizers/muon.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {
namespace {

struct Matrix {
  Matrix(Size row_count, std::vector<float> start) : rows(row_count), w(std::move(start)) {
    for (auto& one : kept) one.resize(w.size());
  }
  void step(const Muon& rule, std::vector<float> g, double lr = 1) {
    rule.update({.number = ++number, .lr = lr, .rows = rows}, w, g,
                {kept[0], kept[1], kept[2], kept[3], kept[4]});
  }
  Size rows, number = 0;
  std::vector<float> w;
  std::array<std::vector<float>, 5> kept;
};

// One step of Newton–Schulz on a single singular value.
double turned_once(double s) {
  return 3.4445 * s - 4.7750 * std::pow(s, 3) + 2.0315 * std::pow(s, 5);
}

}  // namespace

TEST(Muon, OneStepOfNewtonSchulzByHand) {
  // u = (3 0; 0 4), ‖u‖ = 5, X = diag(0.6, 0.8): a diagonal matrix stays one
  const Muon rule{.momentum = 0, .weight_decay = 0.5, .steps = 1, .adjust = "original"};
  Matrix square(2, {1, 0, 0, 1});
  square.step(rule, {3, 0, 0, 4}, 0.1);
  EXPECT_NEAR(square.w[0], 0.95 - 0.1 * turned_once(0.6), 1e-6);
  EXPECT_NEAR(square.w[3], 0.95 - 0.1 * turned_once(0.8), 1e-6);
  EXPECT_NEAR(square.w[1], 0, 1e-6);
}

TEST(Muon, AWideAndATallMatrixAreTurnedAlike) {
  const Muon rule{.weight_decay = 0};
  Matrix wide(2, std::vector<float>(6)), tall(3, std::vector<float>(6));
  wide.step(rule, {1, 2, 3, -4, 5, -6});
  tall.step(rule, {1, -4, 2, 5, 3, -6});
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      EXPECT_NEAR(wide.w[i * 3 + j], tall.w[j * 2 + i], 1e-6) << i << ", " << j;
}

TEST(Muon, RowsOfAStepAreNearlyOrthogonalAndAsLongAsThatOfAdamW) {
  // g = (1 2 3; −4 5 −6) has the singular values 8.84 and 3.44; five steps bring both near 1
  Matrix wide(2, std::vector<float>(6));
  wide.step({.momentum = 0, .weight_decay = 0}, {1, 2, 3, -4, 5, -6});
  const auto dot = [&](std::size_t i, std::size_t k) {
    double sum = 0;
    for (std::size_t j = 0; j < 3; ++j)
      sum += double(wide.w[3 * i + j]) * double(wide.w[3 * k + j]);
    return sum / (0.04 * 3);  // s² = 0.2² · 3
  };
  EXPECT_NEAR(dot(0, 0), 1, 0.6);
  EXPECT_NEAR(dot(1, 1), 1, 0.6);
  EXPECT_NEAR(dot(0, 1), 0, 0.3);
}

TEST(Muon, TheFormsOfAStepDifferByTheShapeAlone) {
  const std::vector<float> g{1, -4, 2, 5, 3, -6};
  Matrix original(3, std::vector<float>(6)), matched(3, std::vector<float>(6));
  original.step({.adjust = "original"}, g);
  matched.step({}, g);
  for (std::size_t i = 0; i < g.size(); ++i)  // √(3/2) and 0.2 √3
    EXPECT_NEAR(matched.w[i], original.w[i] * 0.2 * std::sqrt(2), 1e-6);
}

TEST(Muon, KeepsMomentumWhenTheGradientStops) {
  // b = 0.5·4 = 2, then 1: u keeps its direction, and X does not know the length
  const Muon rule{.momentum = 0.5, .weight_decay = 0};
  Matrix x(2, std::vector<float>(4));
  x.step(rule, {4, 0, 0, 2});
  const std::vector<float> first = x.w;
  EXPECT_FLOAT_EQ(x.kept[0][0], 2.0f);
  x.step(rule, {0, 0, 0, 0});
  EXPECT_FLOAT_EQ(x.kept[0][0], 1.0f);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(x.w[i], 2 * first[i], 1e-6);
}

TEST(Muon, NesterovMixesTheGradientInOnceMore) {
  // after g = (4 0; 0 0) a gradient (0 0; 0 4): plain u = b = diag(1, 2), nesterov u = diag(0.5, 3)
  for (const bool nesterov : {false, true}) {
    const Muon rule{
        .momentum = 0.5, .weight_decay = 0, .nesterov = nesterov, .steps = 1, .adjust = "original"};
    Matrix x(2, std::vector<float>(4));
    x.step(rule, {4, 0, 0, 0});
    const float before = x.w[3];
    x.step(rule, {0, 0, 0, 4});
    const double length = nesterov ? std::sqrt(0.25 + 9) : std::sqrt(5);
    EXPECT_NEAR(x.w[3] - before, -turned_once((nesterov ? 3 : 2) / length), 1e-6);
  }
}

TEST(Muon, MovesVectorsAsAdamW) {
  for (const Size rows : {1, 3}) {
    Matrix x(rows, {1, 2, 3});
    std::array w{1.0f, 2.0f, 3.0f}, m{0.0f, 0.0f, 0.0f}, v{0.0f, 0.0f, 0.0f};
    for (Size n = 1; n <= 3; ++n) {
      x.step({}, {0.5f, -1, 2}, 0.1);
      AdamW{.eps = 1e-7, .weight_decay = 0.1}.update({.number = n, .lr = 0.1}, w,
                                                     std::array{0.5f, -1.0f, 2.0f}, {m, v});
    }
    EXPECT_EQ(x.w, std::vector<float>(w.begin(), w.end()));
  }
}

TEST(Muon, StandsStillWithoutAGradient) {
  Matrix x(2, {1, 2, 3, 4});
  x.step({.weight_decay = 0}, {0, 0, 0, 0});
  EXPECT_EQ(x.w, (std::vector<float>{1, 2, 3, 4}));
}

}  // namespace goodfit
