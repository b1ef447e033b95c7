#include "goodfit/parts/layers/selu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

// What the constants are for: E f(z) = 0 and E f(z)² = 1, z normal. Trapezoids, exact to 1e-9 here.
TEST(Selu, KeepsMeanAndVarianceOfANormal) {
  double mean = 0, square = 0;
  const double step = 1e-4;
  for (double z = -12; z <= 12; z += step) {
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) * step;
    const double f = Selu::Curve{}.value(z);
    mean += f * density;
    square += f * f * density;
  }
  EXPECT_NEAR(mean, 0, 1e-6);
  EXPECT_NEAR(square, 1, 1e-6);
}

}  // namespace goodfit
