#include "goodfit/parts/initializers/truncated_normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

std::vector<float> filled(const TruncatedNormal& initializer, std::size_t count) {
  std::vector<float> w(count);
  Random random(1, 1);
  initializer.fill(w, {}, random);
  return w;
}

}  // namespace

TEST(TruncatedNormal, FollowsTheCutNormalWhereverTheBordersLie) {
  // The distribution of Z given a ≤ Z ≤ b is (Φ(z) − Φ(a)) / (Φ(b) − Φ(a)); its largest distance
  // from that of n values stays below 1.95 / √n in 999 of 1000 samples (Kolmogorov).
  // Both tails, far ones, a short piece around 0, one border only, hardly a cut.
  for (const auto& [a, b] : {std::pair{-2.0, 2.0},
                             {1.0, 1.5},
                             {-9.0, -1.5},
                             {5.0, 50.0},
                             {-0.05, 0.6},
                             {0.0, 0.3},
                             {-90.0, 0.5},
                             {-50.0, 50.0}}) {
    std::vector<float> w =
        filled({.mean = 3, .std = 0.5, .low = 3 + a / 2, .high = 3 + b / 2}, 40000);
    std::sort(w.begin(), w.end());
    EXPECT_GE(w.front(), float(3 + a / 2));
    EXPECT_LE(w.back(), float(3 + b / 2));
    // Beyond 0 the share above is the exact one to subtract; Φ itself is 1 there.
    const double side = a > 0 ? -1 : 1;
    const auto share = [&](double z) { return 0.5 * std::erfc(-side * z / std::numbers::sqrt2); };
    double distance = 0;
    for (std::size_t i = 0; i < w.size(); ++i) {
      const double z = (double(w[i]) - 3) * 2;
      const double wanted = (share(z) - share(a)) / (share(b) - share(a));
      distance = std::max(distance, std::abs(wanted - double(i) / double(w.size())));
    }
    EXPECT_LT(distance, 1.95 / 200) << a << " … " << b;
  }
}

TEST(TruncatedNormal, RefusesBordersInTheWrongOrder) {
  expect_error([] { filled({.low = 1, .high = 1}, 1); },
               "truncated_normal.high = 1 is not allowed: must be above truncated_normal.low = 1");
}

}  // namespace goodfit
