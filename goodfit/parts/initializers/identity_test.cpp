#include "goodfit/parts/initializers/identity.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

std::vector<float> filled(const Identity& identity, std::size_t count, const Fan& fan) {
  std::vector<float> w(count, 9);
  Random random(1, 1);
  identity.fill(w, fan, random);
  return w;
}

}  // namespace

TEST(Identity, IsTheDiagonalOfAMatrixOfAnyShape) {  // as torch.nn.init.eye_
  EXPECT_EQ(filled({}, 4, {.in = 2, .out = 2}), (std::vector<float>{1, 0, 0, 1}));
  EXPECT_EQ(filled({.gain = 3}, 6, {.in = 2, .out = 3}), (std::vector<float>{3, 0, 0, 3, 0, 0}));
  EXPECT_EQ(filled({}, 6, {.in = 3, .out = 2}), (std::vector<float>{1, 0, 0, 0, 1, 0}));
}

TEST(Identity, IsTheMiddleTapOfAConvolution) {  // as torch.nn.init.dirac_
  // Two channels by three units, a kernel of three taps.
  EXPECT_EQ(filled({}, 18, {.in = 6, .out = 9, .taps = 3, .centre = 1}),
            (std::vector<float>{0, 1, 0, 0, 0, 0, /**/ 0, 0, 0, 0, 1, 0, /**/ 0, 0, 0, 0, 0, 0}));
  // Of 4 × 2 taps the middle is row 2, column 1: 2 · 2 + 1.
  EXPECT_EQ(filled({}, 8, {.in = 8, .out = 8, .taps = 8, .centre = 5}),
            (std::vector<float>{0, 0, 0, 0, 0, 1, 0, 0}));
}

TEST(Identity, IsThatOfEachGroup) {  // dirac_ with groups
  // Two groups of two units by one channel and three taps: the first unit of each passes it on.
  EXPECT_EQ(filled({}, 12, {.in = 3, .out = 12, .taps = 3, .centre = 1, .groups = 2}),
            (std::vector<float>{0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0}));
  // Two groups of one unit by two channels.
  EXPECT_EQ(filled({}, 4, {.in = 2, .out = 2, .groups = 2}), (std::vector<float>{1, 0, 1, 0}));
}

}  // namespace goodfit
