#include "goodfit/parts/layers/spatial_dropout.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(SpatialDropout, DropsAShareOfTheChannelsAtAllTheirPositions) {
  for (const Shape& sample : {Shape{6, 50}, Shape{2, 3, 50}}) {  // sequences and images
    const Numbers y = Built({SpatialDropout{.p = 0.4}}, sample, 100).run(Numbers(100 * 300, 1.0));
    Size dropped = 0;
    for (std::size_t n = 0; n < 100; ++n)
      for (std::size_t c = 0; c < 50; ++c) {
        const double first = y[n * 300 + c];
        dropped += first == 0;
        EXPECT_NEAR(first, first == 0 ? 0 : 1 / 0.6, 1e-9);
        for (std::size_t p = 1; p < 6; ++p) ASSERT_EQ(y[n * 300 + p * 50 + c], first);
      }
    EXPECT_NEAR(double(dropped), 5000 * 0.4, 4 * std::sqrt(5000 * 0.4 * 0.6));
  }
}

TEST(SpatialDropout, RefusesSamplesWithoutPositions) {
  expect_error([] { Built({SpatialDropout{}}, {4}, 2); },
               "layers.0 (spatial_dropout): a sample of shape [4] has no positions: take dropout");
}

TEST(SpatialDropout, RefusesToDropAll) {
  expect_error([] { Layer(SpatialDropout{.p = 1}); }, "spatial_dropout.p = 1 is not allowed");
}

}  // namespace goodfit
