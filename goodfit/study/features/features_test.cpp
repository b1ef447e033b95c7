#include "goodfit/study/features/features.hpp"

#include <gtest/gtest.h>

#include "goodfit/goodfit.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

using Pixels = std::vector<unsigned char>;

// A net of these layers for samples of a shape, with weights 1, 2, 3, … in each tensor.
Run counting(std::vector<Layer> model, const Shape& sample) {
  Data data;
  data.train.shape = sample;
  data.train.features.assign(std::size_t(20 * sample.count()), 0.5f);
  data.train.target_width = sample.count();
  data.train.targets = data.train.features;
  Recipe recipe{.data = in_memory(data), .model = std::move(model), .loss = Mse{}, .epochs = 1};
  Run run = train(recipe, {.threads = 1});
  for (const Stored& stored : run.weights().tensors()) {
    const Span w = run.weights().at(stored);
    for (std::size_t i = 0; i < w.size(); ++i) w[i] = float(i + 1);
  }
  return run;
}

std::string refusal(const Run& run, const std::string& name) {
  try {
    features_of(run, name);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST(Features, AreDrawnWithALineBetweenThem) {
  const Picture picture = drawn({1, 24, 1, [] {
                                   std::vector<float> w(3 * 24);  // three tiles: 2 across, 2 down
                                   w[0] = 2, w[1] = -2, w[2] = 1;
                                   w[24] = -0.5;  // each tile by its own largest
                                   return w;
                                 }()});
  EXPECT_EQ(picture.height, 3);
  EXPECT_EQ(picture.width, 49);
  EXPECT_EQ(picture.channels, 1);
  const auto pixel = [&](int row, int column) {
    return int(picture.pixels[std::size_t(row * 49 + column)]);
  };
  EXPECT_EQ(pixel(0, 0), 255);
  EXPECT_EQ(pixel(0, 1), 1);
  EXPECT_EQ(pixel(0, 2), 192);  // 128 + 63.5
  EXPECT_EQ(pixel(0, 23), 128);
  EXPECT_EQ(pixel(0, 24), 0);  // the line
  EXPECT_EQ(pixel(0, 25), 1);
  EXPECT_EQ(pixel(0, 26), 128);
  for (int column = 0; column < 49; ++column) EXPECT_EQ(pixel(1, column), 0);
  EXPECT_EQ(pixel(2, 0), 128) << "weights that are all zero are gray";
  EXPECT_EQ(pixel(2, 25), 0) << "there is no fourth";
}

TEST(Features, SmallOnesAreEnlarged) {
  const Picture picture = drawn({1, 2, 3, {1, 0, -1, 0, 1, 0.5f}});
  EXPECT_EQ(picture.height, 12);
  EXPECT_EQ(picture.width, 24);
  ASSERT_EQ(picture.channels, 3);
  for (const std::size_t at : {0u, 11u * 24u + 11u})  // corners of the left pixel
    EXPECT_EQ(Pixels(&picture.pixels[3 * at], &picture.pixels[3 * at] + 3), (Pixels{255, 128, 1}));
  EXPECT_EQ(Pixels(picture.pixels.end() - 3, picture.pixels.end()), (Pixels{128, 255, 192}));
}

TEST(Features, OfADenseLayerAreOfItsInputsOrItsOutputs) {
  const auto run = counting({Flatten{}, Dense{.out = 2}, Relu{}, Dense{.out = 6}}, {2, 3, 1});
  const Tiles encoder = features_of(run);
  EXPECT_EQ(encoder.height, 2);
  EXPECT_EQ(encoder.width, 3);
  EXPECT_EQ(encoder.weights, (std::vector<float>{1, 2, 3, 4, 5, 6, /**/ 7, 8, 9, 10, 11, 12}));
  for (const char* name : {"layers.3", "layers.3.weight"})
    EXPECT_EQ(features_of(run, name).weights,
              (std::vector<float>{1, 3, 5, 7, 9, 11, /**/ 2, 4, 6, 8, 10, 12}));
  EXPECT_EQ(refusal(run, "layers.3.wieght"),
            "unknown weight that can be drawn \"layers.3.wieght\"; did you mean "
            "\"layers.3.weight\"? known: layers.1.weight, layers.3.weight");
}

TEST(Features, OfAConvolutionHaveTheirChannelsLast) {
  const auto run =
      counting({Conv2d{.out = 2, .kernel = {1, 2}}, Flatten{}, Dense{.out = 12}}, {2, 2, 3});
  const Tiles tiles = features_of(run, "layers.0");
  EXPECT_EQ(tiles.count(), 2);
  EXPECT_EQ(tiles.weights, (std::vector<float>{1, 3, 5, 2, 4, 6, /**/ 7, 9, 11, 8, 10, 12}));
}

TEST(Features, SamplesThatAreNoPicturesAreSquaresOrRefused) {
  EXPECT_EQ(features_of(counting({Dense{.out = 9}}, {9})).height, 3);
  EXPECT_TRUE(refusal(counting({Dense{.out = 7}}, {7}), "").find("here [7]") != std::string::npos);
}

}  // namespace goodfit
