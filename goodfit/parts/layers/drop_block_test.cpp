#include "goodfit/parts/layers/drop_block.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

// The dropped pixels of an image of one channel are exactly covered by squares within them.
void expect_made_of_squares(const double* y, Size height, Size width, Size block) {
  std::vector<bool> covered(std::size_t(height * width));
  for (Size i = 0; i + block <= height; ++i)
    for (Size j = 0; j + block <= width; ++j) {
      bool whole = true;
      for (Size k = 0; k < block * block; ++k)
        whole = whole && y[(i + k / block) * width + j + k % block] == 0;
      for (Size k = 0; whole && k < block * block; ++k)
        covered[std::size_t((i + k / block) * width + j + k % block)] = true;
    }
  for (Size i = 0; i < height * width; ++i) EXPECT_EQ(covered[std::size_t(i)], y[i] == 0) << i;
}

double dropped_share(const DropBlock& layer, std::uint32_t step = 0, Mode mode = Mode::train) {
  const Numbers y = Built({layer}, {12, 12, 4}, 200, mode).run(Numbers(200 * 576, 1.0), 1, step);
  return double(std::count(y.begin(), y.end(), 0.0)) / double(y.size());
}

}  // namespace

TEST(DropBlock, DropsWholeSquares) {
  const Numbers y =
      Built({DropBlock{.p = 0.3, .block = 3}}, {7, 9, 1}, 50).run(Numbers(50 * 63, 1.0));
  for (Size n = 0; n < 50; ++n) expect_made_of_squares(y.data() + n * 63, 7, 9, 3);
  EXPECT_GT(std::count(y.begin(), y.end(), 0.0), 0);
}

TEST(DropBlock, OfTheWholeImageDropsChannels) {
  // γ = p: all or nothing of a channel, and what is kept makes up for it.
  const Numbers y =
      Built({DropBlock{.p = 0.4, .block = 2}}, {2, 2, 50}, 100).run(Numbers(100 * 200, 1.0));
  Size dropped = 0;
  for (std::size_t n = 0; n < 100; ++n)
    for (std::size_t c = 0; c < 50; ++c) {
      const double first = y[n * 200 + c];
      dropped += first == 0;
      for (std::size_t p = 1; p < 4; ++p) EXPECT_EQ(y[n * 200 + p * 50 + c], first);
    }
  EXPECT_NEAR(double(dropped), 2000, 4 * std::sqrt(5000 * 0.4 * 0.6));
}

TEST(DropBlock, OfOnePixelIsDropout) {
  EXPECT_NEAR(dropped_share({.p = 0.3, .block = 1}), 0.3, 0.01);
}

TEST(DropBlock, DropsAboutItsShare) {
  // Far from the edges a pixel survives k² beginnings that did not happen; γ = 0.1 · 144 / 900.
  const double share = dropped_share({.p = 0.1, .block = 3});
  EXPECT_LT(share, 0.1);
  EXPECT_NEAR(share, 0.1, 0.01);
}

TEST(DropBlock, ScalesWhatIsKeptInEachSample) {
  const Numbers y =
      Built({DropBlock{.p = 0.3, .block = 2}}, {4, 4, 2}, 20).run(Numbers(20 * 32, 1.0));
  for (std::size_t n = 0; n < 20; ++n) {
    const auto begin = y.begin() + std::ptrdiff_t(n * 32);
    const double kept = 32 - double(std::count(begin, begin + 32, 0.0));
    for (std::size_t i = 0; i < 32; ++i)
      EXPECT_NEAR(begin[std::ptrdiff_t(i)], begin[std::ptrdiff_t(i)] == 0 ? 0 : 32 / kept, 1e-9);
  }
}

TEST(DropBlock, RisesOverItsRampInTrainingAlone) {
  const DropBlock layer{.p = 0.2, .block = 1, .ramp = 100};
  EXPECT_EQ(dropped_share(layer, 0), 0);
  EXPECT_NEAR(dropped_share(layer, 50), 0.1, 0.01);
  EXPECT_NEAR(dropped_share(layer, 100), 0.2, 0.01);
  EXPECT_NEAR(dropped_share(layer, 5000), 0.2, 0.01);
  EXPECT_NEAR(dropped_share(layer, 0, Mode::sample), 0.2, 0.01);
}

TEST(DropBlock, RefusesWhatIsNoImageAndBlocksThatDoNotFit) {
  expect_error(
      [] {
        Built({DropBlock{}}, {4, 4}, 2);
      },
      "layers.0 (drop_block): it is for images [height, width, channels], not for samples "
      "of shape [4, 4]");
  expect_error(
      [] {
        Built({DropBlock{.block = 5}}, {6, 4, 2}, 2);
      },
      "a block of 5 pixels does not fit images of 6 by 4: choose at most 4");
}

}  // namespace goodfit
