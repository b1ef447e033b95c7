#include "goodfit/parts/datasets/text.hpp"

#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

Data parsed(const Text& text, std::string_view characters, const Wanted& wanted = classes) {
  return text.parse(characters, wanted);
}

}  // namespace

TEST(Text, AWindowIsFollowedByTheSameOneCharacterLater) {
  const Data data = parsed({.length = 3, .held_out = 0}, "abcabcab");
  EXPECT_EQ(data.classes, (Names{"a", "b", "c"}));
  EXPECT_EQ(data.train.shape, Shape{3});
  EXPECT_EQ(data.train.target_width, 3);
  EXPECT_EQ(data.train.features, (Floats{0, 1, 2, 0, 1, 2}));
  EXPECT_EQ(data.train.targets, (Floats{1, 2, 0, 1, 2, 0}));
  EXPECT_FALSE(data.test);
}

TEST(Text, TheTargetCanBeWhatFollowsTheWindow) {
  const Data data = parsed({.length = 2, .stride = 1, .target = "last", .held_out = 0}, "abcb");
  EXPECT_EQ(data.train.target_width, 1);
  EXPECT_EQ(data.train.features, (Floats{0, 1, 1, 2}));
  EXPECT_EQ(data.train.targets, (Floats{2, 1}));
}

TEST(Text, ItsEndIsHeldOut) {
  const Data data = parsed({.length = 1, .held_out = 0.5}, "abcxyz");
  EXPECT_EQ(data.train.features, (Floats{0, 1}));
  EXPECT_EQ(data.train.targets, (Floats{1, 2}));
  ASSERT_TRUE(data.test);
  EXPECT_EQ(data.test->features, (Floats{3, 4}));
  EXPECT_EQ(data.test->targets, (Floats{4, 5}));
}

TEST(Text, CharactersAreThoseOfUnicode) {
  const Data data = parsed({.length = 1, .held_out = 0}, "aß€😀\n");
  EXPECT_EQ(data.classes, (Names{"\n", "a", "ß", "€", "😀"}));
  EXPECT_EQ(data.train.features, (Floats{1, 2, 3, 4}));
}

TEST(Text, WhatIsNotUtf8IsNamedByItsByte) {
  for (const char* bad : {"abc\xff", "abc\xc3", "abc\xe2\x82(", "abc\x80", "abc\xc0\x80"})
    EXPECT_TRUE(says(error_of([&] { parsed({.path = "x.txt", .length = 1}, bad); }),
                     "x.txt: byte 3 is not UTF-8"));
}

TEST(Text, KnownCharactersKeepTheirIds) {
  const Wanted known{Wanted::Target::classes, 0, {"a", "b", "z"}};
  const Data data = parsed({.length = 1, .held_out = 0}, "zab", known);
  EXPECT_EQ(data.train.features, (Floats{2, 0}));
  EXPECT_EQ(data.classes, known.classes);
  EXPECT_TRUE(
      says(error_of([&] { parsed({.path = "x.txt", .length = 1}, "a\nb", known); }),
           "x.txt:1: the character \"\\n\" is none of the 3 that the model was trained on"));
}

TEST(Text, ATextThatIsTooShortIsRefused) {
  EXPECT_TRUE(says(error_of([] { parsed({.path = "x.txt", .length = 4, .held_out = 0}, "abcd"); }),
                   "x.txt: its 4 characters are too few for windows of 4 and one more"));
  EXPECT_TRUE(
      says(error_of([] { parsed({.length = 4}, "abcdefghijkl"); }), "set text.held_out = 0"));
  EXPECT_TRUE(says(error_of([] { parsed({}, ""); }), "its 0 characters are too few"));
}

TEST(Text, ItsTargetsAreClasses) {
  EXPECT_TRUE(says(error_of([] { parsed({.path = "x.txt"}, "abc", {}); }), "take cross_entropy"));
}

TEST(Text, IsReadFromAFilePlainOrCompressed) {
  const TemporaryFolder folder;
  for (const std::string& path :
       {folder.write("a.txt", "abab"), folder.write("a.txt.gz", gzipped("abab"))})
    EXPECT_EQ((Text{.path = path, .length = 1, .held_out = 0}.load(classes).train.features),
              (Floats{0, 1, 0}));
  EXPECT_TRUE(says(error_of([] { Text{}.load(classes); }), "text.path is missing"));
}

}  // namespace goodfit
