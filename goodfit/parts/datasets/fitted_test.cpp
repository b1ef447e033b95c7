#include "goodfit/parts/datasets/fitted.hpp"

#include "tests/golden.hpp"

namespace goodfit {
namespace {

using Pixels = std::vector<unsigned char>;

// As tools/golden/pictures.py makes it.
Picture pattern(Size height, Size width, Size channels) {
  Picture made{height, width, channels};
  for (Size i = 0; i < height * width * channels; ++i)
    made.pixels.push_back(static_cast<unsigned char>((i * i * 7 + i * 13) % 251));
  return made;
}

}  // namespace

TEST(Fitted, HasThePixelsOfPillow) {
  for (const auto& one : golden("pictures").at("cases")) {
    const auto size = [&](const char* key, std::size_t i) { return one.at(key).at(i).get<Size>(); };
    const Picture from = pattern(size("from", 0), size("from", 1), size("from", 2));
    const std::string fit = one.at("fit");
    const Picture made = fitted(from, size("to", 0), size("to", 1), fit);
    EXPECT_EQ(made.pixels, one.at("pixels").get<Pixels>()) << fit << " " << one.at("from");
    EXPECT_EQ(made.height, size("to", 0));
    EXPECT_EQ(made.width, size("to", 1));
  }
}

// 4 pixels to 2: weights 1, 3, 3, 1, of which the first or the last lies beyond the edge.
TEST(Fitted, ShrinkingWeighsByATriangle) {
  const Picture from{1, 4, 1, {0, 70, 140, 210}};
  EXPECT_EQ(fitted(from, 1, 2, "stretch").pixels, (Pixels{50, 160}));
}

TEST(Fitted, TheSizeItHasAlreadyChangesNothing) {
  const Picture from = pattern(5, 4, 3);
  for (const char* fit : {"crop", "stretch", "pad"})
    EXPECT_EQ(fitted(from, 5, 4, fit).pixels, from.pixels);
}

TEST(Fitted, CropKeepsTheMiddleAndPadKeepsAll) {
  const Picture from{2, 6, 1, {1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}};
  EXPECT_EQ(fitted(from, 2, 2, "crop").pixels, (Pixels{3, 4, 3, 4}));
  const Picture tall = fitted({1, 2, 1, {9, 9}}, 4, 2, "pad");
  EXPECT_EQ(tall.pixels, (Pixels{0, 0, 0, 0, 9, 9, 0, 0}));  // 1½ above, to the even number
}

TEST(Fitted, ThinPicturesStayPictures) {
  for (const char* fit : {"crop", "stretch", "pad"})
    for (const auto& [height, width] : {std::pair<Size, Size>{1, 900}, {900, 1}, {1, 1}})
      EXPECT_EQ(fitted(pattern(height, width, 3), 7, 5, fit).pixels.size(), 7u * 5 * 3) << fit;
}

}  // namespace goodfit
