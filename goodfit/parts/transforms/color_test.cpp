#include "goodfit/parts/transforms/color.hpp"

#include "goodfit/parts/transforms/testing.hpp"
#include "tests/golden.hpp"

namespace goodfit {

TEST(Color, IsWhatTorchvisionComputes) {
  int seen = 0;
  for (const auto& one : golden("transforms").at("cases")) {
    const std::string type = one.at("type");
    if (type == "rotate" || type == "hue") continue;
    const auto size = one.at("size").get<std::vector<Size>>();
    TestBatch batch = counting({size[0], size[1], size[2]}, 1);
    for (float& x : batch.features) x *= 7;
    const float factor = one.at("factor");
    if (type == "brightness") Color{}.brighten(batch.features, factor);
    if (type == "contrast") Color{}.sharpen(batch.features, size[2], factor);
    if (type == "saturation") Color{}.saturate(batch.features, size[2], factor);
    expect_near(batch.features, one.at("made"), 1e-5, type);
    ++seen;
  }
  EXPECT_GE(seen, 9);
}

TEST(Color, HueIsTurnedAsPythonTurnsIt) {
  int seen = 0;
  for (const auto& one : golden("transforms").at("cases")) {
    if (one.at("type") != "hue") continue;
    const auto size = one.at("size").get<std::vector<Size>>();
    TestBatch batch = counting({size[0], size[1], size[2]}, 1);
    for (float& x : batch.features) x = float(37 * int(x) % 256);
    Color{}.turn(batch.features, size[2], one.at("part"));
    expect_near(batch.features, one.at("made"), 1e-3, "hue");
    ++seen;
  }
  EXPECT_EQ(seen, 4);
}

TEST(Color, HueIsOnlyTurnedWhenAskedFor) {
  const std::vector<float> blue{10, 20, 200};
  const auto made = [&](double hue) {
    Random random(3, 1);
    TestBatch batch{{1, 1, 3}, blue, {0}};
    Color{.brightness = 0, .contrast = 0, .saturation = 0, .hue = hue}.apply(batch.view(), random);
    return batch.features;
  };
  EXPECT_EQ(made(0), blue);
  const std::vector<float> turned = made(0.5);
  EXPECT_NE(turned, blue);
  EXPECT_EQ(*std::max_element(turned.begin(), turned.end()), 200);
}

TEST(Color, FactorsFillTheirRange) {
  Random random(3, 1);
  float least = 1000, most = 0;
  for (int i = 0; i < 500; ++i) {
    TestBatch batch{{1, 1, 1}, {100}, {0}};
    Color{.brightness = 0.4, .contrast = 0, .saturation = 0}.apply(batch.view(), random);
    least = std::min(least, batch.features[0]), most = std::max(most, batch.features[0]);
  }
  EXPECT_NEAR(least, 60, 1);
  EXPECT_NEAR(most, 140, 1);
}

TEST(Color, PixelsStayBetweenBlackAndWhite) {
  Random random(3, 1);
  for (int i = 0; i < 50; ++i) {
    TestBatch batch = counting({2, 2, 3}, 1);
    for (float& x : batch.features) x /= 12;
    Color{.brightness = 1, .contrast = 1, .saturation = 1, .white = 1}.apply(batch.view(), random);
    for (const float x : batch.features) ASSERT_TRUE(x >= 0 && x <= 1) << x;
  }
}

}  // namespace goodfit
