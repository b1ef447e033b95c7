#include "goodfit/parts/datasets/orientation.hpp"

#include "goodfit/parts/datasets/picture_testing.hpp"

namespace goodfit {
namespace {

// As a camera writes it: Exif right behind the two bytes that begin a JPEG file.
std::string with_orientation(const std::string& jpeg, int number, bool little) {
  const auto ordered = [&](unsigned value, int width) {
    std::string bytes;
    for (int i = 0; i < width; ++i) bytes += char(value >> 8 * (little ? i : width - 1 - i));
    return bytes;
  };
  const std::string other = ordered(0x0110, 2) + ordered(2, 2) + ordered(1, 4) + ordered(0, 4);
  const std::string entry = ordered(0x0112, 2) + ordered(3, 2) + ordered(1, 4) +
                            ordered(unsigned(number), 2) + ordered(0, 2);
  const std::string tiff = (little ? "II" : "MM") + ordered(42, 2) + ordered(8, 4) + ordered(2, 2) +
                           other + entry + ordered(0, 4);
  const std::size_t length = 2 + 6 + tiff.size();
  return jpeg.substr(0, 2) + "\xff\xe1" + char(length >> 8) + char(length & 255) +
         std::string("Exif\0\0", 6) + tiff + jpeg.substr(2);
}

// Two rows of three blocks of 8 × 8 pixels, each of its own gray.
Picture blocks() {
  Picture picture{16, 24, 1, {}};
  for (Size y = 0; y < 16; ++y)
    for (Size x = 0; x < 24; ++x)
      picture.pixels.push_back(static_cast<unsigned char>(40 * (y / 8 * 3 + x / 8) + 20));
  return picture;
}

// The gray of a block as the standard's words place it: where the first row and the first column
// of what is stored are to be seen.
struct Sides {
  char row, column;
};
constexpr Sides sides[]{{'t', 'l'}, {'t', 'r'}, {'b', 'r'}, {'b', 'l'},
                        {'l', 't'}, {'r', 't'}, {'r', 'b'}, {'l', 'b'}};

}  // namespace

TEST(Orientation, PicturesStandUpright) {
  const TemporaryFolder folder;
  for (const bool little : {true, false})
    for (int number = 1; number <= 8; ++number) {
      const Picture seen =
          read_picture(folder.write("a.jpg", with_orientation(jpeg(blocks()), number, little)));
      const Sides is = sides[number - 1];
      const bool turned = is.row == 'l' || is.row == 'r';
      ASSERT_EQ(seen.height, turned ? 24 : 16) << number;
      ASSERT_EQ(seen.width, turned ? 16 : 24) << number;
      const Picture head = picture_head(folder.path() + "/a.jpg");
      EXPECT_EQ(head.height, seen.height);
      EXPECT_EQ(head.width, seen.width);
      EXPECT_TRUE(head.pixels.empty());
      for (Size row = 0; row < 2; ++row)
        for (Size column = 0; column < 3; ++column) {
          const Size from_row_side = is.row == 't' || is.row == 'l' ? row : 1 - row;
          const Size from_column_side = is.column == 't' || is.column == 'l' ? column : 2 - column;
          const Size y = 4 + 8 * (turned ? from_column_side : from_row_side);
          const Size x = 4 + 8 * (turned ? from_row_side : from_column_side);
          EXPECT_NEAR(seen.pixels[std::size_t(y * seen.width + x)], 40 * (row * 3 + column) + 20, 3)
              << number << " block " << row << " " << column;
        }
    }
}

TEST(Orientation, ColorsStayTogether) {
  const Picture two{1, 2, 3, {1, 2, 3, 4, 5, 6}};
  EXPECT_EQ(upright(two, 2).pixels, (std::vector<unsigned char>{4, 5, 6, 1, 2, 3}));
  const Picture turned = upright(two, 8);
  EXPECT_EQ(turned.height, 2);
  EXPECT_EQ(turned.pixels, (std::vector<unsigned char>{4, 5, 6, 1, 2, 3}));
}

TEST(Orientation, IsNoneWhereItIsNotTold) {
  const std::string plain = jpeg(blocks());
  EXPECT_EQ(orientation_of(plain), 1);
  EXPECT_EQ(orientation_of(with_orientation(plain, 6, true)), 6);
  EXPECT_EQ(orientation_of(with_orientation(plain, 9, true)), 1);
  EXPECT_EQ(orientation_of(with_orientation(plain, 0, false)), 1);
  EXPECT_EQ(orientation_of(""), 1);
}

TEST(Orientation, DamagedBytesAreReadWithinTheirBounds) {
  const std::string head =
      with_orientation(jpeg({8, 8, 1, std::vector<unsigned char>(64)}), 6, true).substr(0, 80);
  mutate(head, 3000, [](const std::string& bytes) {
    const int number = orientation_of(bytes);
    EXPECT_TRUE(number >= 1 && number <= 8);
  });
}

}  // namespace goodfit
