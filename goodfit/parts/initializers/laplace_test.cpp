#include "goodfit/parts/initializers/laplace.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace goodfit {

TEST(Laplace, FallsByOneHalfEachTimeLogTwoFurtherToBothSides) {
  // At a distance of k log 2 · std / √2 beyond the mean there is ½ 2^-k left on either side.
  std::vector<float> w(40000);
  Random random(1, 1);
  Laplace{.mean = 1, .std = 3}.fill(w, {}, random);
  for (int k = 0; k < 4; ++k)
    for (const double side : {-1.0, 1.0}) {
      const double border = 3 / std::numbers::sqrt2 * k * std::log(2.0);
      const auto beyond = std::count_if(w.begin(), w.end(),
                                        [&](float x) { return side * (double(x) - 1) > border; });
      EXPECT_NEAR(double(beyond) / double(w.size()), 0.5 * std::pow(0.5, k), 0.0125) << k;
    }
}

}  // namespace goodfit
