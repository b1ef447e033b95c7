#include "goodfit/parts/initializers/exponential.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

std::vector<float> filled(const Exponential& initializer) {
  std::vector<float> w(40000);
  Random random(1, 1);
  initializer.fill(w, {}, random);
  return w;
}

}  // namespace

TEST(Exponential, FallsByOneHalfEachTimeLogTwoFurther) {
  // Of e ~ Exp(1) the share above k log 2 is 2^-k; √(p(1 − p)/n) is at most 0.0025.
  for (const bool centered : {true, false}) {
    const std::vector<float> w = filled({.std = 2, .centered = centered});
    for (int k = 0; k < 4; ++k) {
      const double border = 2 * (k * std::log(2.0) - (centered ? 1 : 0));
      const auto above = std::count_if(w.begin(), w.end(), [&](float x) { return x >= border; });
      EXPECT_NEAR(double(above) / double(w.size()), std::pow(0.5, k), 0.0125) << k;
    }
  }
}

TEST(Exponential, IsPositiveUnlessCentered) {
  const std::vector<float> w = filled({.centered = false}), c = filled({});
  EXPECT_GE(*std::min_element(w.begin(), w.end()), 0);
  EXPECT_NEAR(*std::min_element(c.begin(), c.end()), -1, 1e-3);
}

}  // namespace goodfit
