#include "goodfit/parts/layers/windows.hpp"

#include "goodfit/parts/layers/avg_pool.hpp"
#include "goodfit/parts/layers/conv1d.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

Setting located(Setting value) {
  value.located("model[0].padding", "recipe.toml:3:1");
  return value;
}

Window same(Size kernel, Size dilation = 1) {
  return window_of(kernel, 1, dilation, LinePadding("same"), 0);
}

}  // namespace

TEST(Windows, OneNumberStandsForBothAxes) {
  EXPECT_EQ(Extents::read(3).numbers, (std::array<Size, 2>{3, 3}));
  EXPECT_EQ(Extents::read(Setting::List{3, 5}).numbers, (std::array<Size, 2>{3, 5}));
  EXPECT_EQ(LinePadding::read(4).numbers, (std::array<Size, 1>{4}));
  EXPECT_EQ(Padding::read("same").word, "same");
}

TEST(Windows, AreWrittenAsTheyWereRead) {
  for (const Setting& setting : {Setting(3), Setting(Setting::List{3, 5})})
    EXPECT_EQ(Extents::read(setting).write(), setting);
  for (const Setting& setting : {Setting(3), Setting(Setting::List{3, 5}), Setting("valid")})
    EXPECT_EQ(Padding::read(setting).write(), setting);
  EXPECT_EQ(LinePadding::read("same").write(), Setting("same"));
  EXPECT_EQ(Padding(1, 2).cpp(), "{1, 2}");
  EXPECT_EQ(Padding("same").cpp(), "\"same\"");
  EXPECT_EQ(Extents(7).cpp(), "7");
}

TEST(Windows, WhatTheyAreNotIsRefusedWithItsPlace) {
  const std::string place = "recipe.toml:3:1: model[0].padding = ";
  expect_error([] { Padding::read(located("some")); },
               place +
                   "\"some\" is not allowed: must be \"same\", \"valid\" or a whole number, or "
                   "two of them for height and width");
  expect_error(
      [] {
        LinePadding::read(located(Setting::List{1, 2}));
      },
      place + "[1, 2] is not allowed: must be \"same\", \"valid\" or a whole number");
  expect_error([] { Extents::read(located("same")); },
               place + "\"same\" is not allowed: must be a whole number, or two");
  expect_error([] { Extents::read(located(Setting::List{1, 2, 3})); }, "[1, 2, 3] is not allowed");
  expect_error([] { Extents::read(located(1.5)); }, "1.5 is not allowed: must be a whole number");
  expect_error([] { Padding("sane"); }, "\"sane\" is not allowed: must be same, valid or a number");
}

TEST(Windows, KeepTheirRangesOnBothAxes) {
  expect_error(
      [] {
        Layer(AvgPool{.kernel = {2, 0}});
      },
      "avg_pool.kernel = 0 is not allowed: must be at least 1 and at most 1048576");
  expect_error([] { Layer(AvgPool{.padding = {-1, 0}}); }, "avg_pool.padding = -1");
  expect_error([] { Layer(Conv1d{.out = 1, .padding = -1}); }, "conv1d.padding = -1");
}

TEST(Windows, SameKeepsTheSizeAndThinsItByTheStride) {
  for (const Size kernel : {1, 2, 3, 4, 7})
    for (const Size dilation : {1, 2, 3})
      for (const Size in : {1, 5, 8}) {
        EXPECT_EQ(same(kernel, dilation).on(in, "").out, in);
        Window thinned = same(kernel, dilation);
        thinned.stride = 3;
        EXPECT_EQ(thinned.on(in, "").out, (in + 2) / 3);
      }
  EXPECT_EQ(same(4).before, 1) << "the smaller half goes first";
  EXPECT_EQ(same(4).after, 2);
}

TEST(Windows, APictureHasOneChannelAndRowsOfNumbersAreNone) {
  Graph graph(2);
  EXPECT_EQ(image_of(graph.input({28, 28}, "x")).shape(), Shape({2, 28, 28, 1}));
  EXPECT_EQ(image_of(graph.input({4, 5, 3}, "x")).shape(), Shape({2, 4, 5, 3}));
  expect_error([&] { image_of(graph.input({784}, "x")); },
               "it takes images [height, width, channels], not samples of shape [784]");
}

}  // namespace goodfit
