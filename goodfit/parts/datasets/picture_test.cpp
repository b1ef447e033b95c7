#include "goodfit/parts/datasets/picture.hpp"

#include "goodfit/parts/datasets/picture_testing.hpp"

namespace goodfit {

TEST(Picture, APngIsReadExactly) {
  const TemporaryFolder folder;
  const Picture two{1, 2, 3, {255, 0, 10, 1, 2, 3}};
  const Picture read = read_picture(folder.write("a.png", png(two)));
  EXPECT_EQ(read.height, 1);
  EXPECT_EQ(read.width, 2);
  EXPECT_EQ(read.channels, 3);
  EXPECT_EQ(read.pixels, two.pixels);
  const Picture head = picture_head(folder.path() + "/a.png");
  EXPECT_EQ(head.height * 100 + head.width * 10 + head.channels, 123);
  EXPECT_TRUE(head.pixels.empty());
  const Picture gray{2, 1, 1, {7, 250}};
  EXPECT_EQ(read_picture(folder.write("b.png", png(gray))).pixels, gray.pixels);
}

TEST(Picture, APngIsWrittenForEveryReader) {
  // Signature, then the length and name of the first chunk: 2 × 1 pixels of 8 bits, gray.
  const std::string bytes = png({1, 2, 1, {0, 255}});
  EXPECT_EQ(bytes.substr(0, 8), "\x89PNG\r\n\x1a\n");
  EXPECT_EQ(bytes.substr(12, 14), std::string("IHDR\0\0\0\2\0\0\0\1\x08\0", 14));
}

TEST(Picture, AJpegComesNearItsOriginal) {
  const TemporaryFolder folder;
  const Picture flat{16, 8, 3, std::vector<unsigned char>(16 * 8 * 3, 100)};
  const Picture read = read_picture(folder.write("a.jpg", jpeg(flat)));
  EXPECT_EQ(read.height, 16);
  EXPECT_EQ(read.width, 8);
  EXPECT_EQ(read.channels, 3);
  for (const unsigned char value : read.pixels) EXPECT_NEAR(value, 100, 2);
}

TEST(Picture, GrayAndColorsAreTurnedIntoEachOther) {
  const TemporaryFolder folder;
  const std::string gray = folder.write("gray.png", png({1, 1, 1, {80}}));
  EXPECT_EQ(read_picture(gray, 3).pixels, (std::vector<unsigned char>{80, 80, 80}));
  const std::string colors = folder.write("colors.png", png({1, 1, 3, {80, 80, 80}}));
  EXPECT_EQ(read_picture(colors, 1).pixels, (std::vector<unsigned char>{80}));
  const Picture flat{8, 8, 3, std::vector<unsigned char>(8 * 8 * 3, 60)};
  EXPECT_EQ(read_picture(folder.write("a.jpg", jpeg(flat)), 1).pixels.size(), 64u);
}

TEST(Picture, TheBytesDecideNotTheName) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_picture(folder.write("a.jpg", png({1, 1, 1, {9}}))).pixels[0], 9);
}

TEST(Picture, WhatIsNoPictureIsNamed) {
  const TemporaryFolder folder;
  const std::string text = folder.write("a.png", "hello"), none = folder.write("b.png", "");
  EXPECT_TRUE(says(error_of([&] { read_picture(text); }), text + ": is neither a PNG nor a JPEG"));
  EXPECT_TRUE(says(error_of([&] { read_picture(none); }), none + ": is neither a PNG nor a JPEG"));
  EXPECT_TRUE(says(error_of([&] { read_picture(folder.path() + "/c.png"); }), "c.png"));
}

TEST(Picture, DamagedFilesEndInOneLineOrInAPicture) {
  const TemporaryFolder folder;
  const Picture picture{9, 7, 3, std::vector<unsigned char>(9 * 7 * 3, 33)};
  for (const std::string& bytes : {png(picture), jpeg(picture)}) {
    const int errors =
        mutate(bytes, 300, [&](const std::string& b) { read_picture(folder.write("x", b)); });
    EXPECT_GE(errors, int(bytes.size()) / 2);
  }
}

TEST(Picture, NamesTellPictures) {
  EXPECT_TRUE(is_picture_name("a/b.PNG"));
  EXPECT_TRUE(is_picture_name("b.jpeg"));
  EXPECT_FALSE(is_picture_name("jpg"));
  EXPECT_FALSE(is_picture_name("notes.txt"));
}

}  // namespace goodfit
