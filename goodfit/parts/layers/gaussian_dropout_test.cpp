#include "goodfit/parts/layers/gaussian_dropout.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(GaussianDropout, MultipliesByNormalsOfMeanOneAndTheVarianceOfDropout) {
  for (const double p : {0.2, 0.5, 0.75}) {
    const Numbers y = outputs_of(GaussianDropout{.p = p}, {100}, Numbers(100000, 2.0));
    double sum = 0, squares = 0;
    for (const double v : y) sum += v / 2, squares += (v / 2 - 1) * (v / 2 - 1);
    const double variance = p / (1 - p);
    EXPECT_NEAR(sum / 1e5, 1, 5 * std::sqrt(variance / 1e5)) << p;
    EXPECT_NEAR(squares / 1e5, variance, 5 * variance * std::sqrt(2 / 1e5)) << p;
  }
}

TEST(GaussianDropout, RefusesToDropAll) {
  expect_error([] { Layer(GaussianDropout{.p = 1}); }, "gaussian_dropout.p = 1 is not allowed");
}

}  // namespace goodfit
