#include "goodfit/parts/transforms/rotate.hpp"

#include "goodfit/parts/transforms/testing.hpp"
#include "tests/golden.hpp"

namespace goodfit {
namespace {

std::vector<float> turned(const TestBatch& batch, double degrees) {
  const Shape& shape = batch.sample;
  std::vector<float> to(batch.features.size());
  Rotate::turn(batch.features, {shape[0], shape[1], shape[2]}, degrees, to);
  return to;
}

}  // namespace

TEST(Rotate, IsWhatPyTorchSamples) {
  for (const auto& one : golden("transforms").at("cases")) {
    if (one.at("type") != "rotate") continue;
    const auto size = one.at("size").get<std::vector<Size>>();
    const TestBatch batch = counting({size[0], size[1], size[2]}, 1);
    expect_near(turned(batch, one.at("degrees")), one.at("made"), 1e-5, one.dump().substr(0, 60));
  }
}

TEST(Rotate, AQuarterIsCounterclockwiseAndExact) {
  const TestBatch batch{{2, 2, 1}, {1, 2, 3, 4}, {0}};  // 1 2 / 3 4  →  2 4 / 1 3
  const std::vector<float> made = turned(batch, 90), expected{2, 4, 1, 3};
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(made[i], expected[i], 1e-5);
}

TEST(Rotate, AnglesFillTheirRange) {
  Random random(3, 1);
  double least = 90, most = -90;
  for (int i = 0; i < 300; ++i) {
    // Right of the middle; where it goes says by how much it was turned.
    TestBatch batch{{41, 41, 1}, std::vector<float>(41 * 41), {0}};
    batch.features[20 * 41 + 40] = 1;
    Rotate{.degrees = 30}.apply(batch.view(), random);
    double y = 0, x = 0;
    for (int v = 0; v < 41; ++v)
      for (int u = 0; u < 41; ++u) {
        y += double(batch.features[std::size_t(v * 41 + u)]) * (20 - v);
        x += double(batch.features[std::size_t(v * 41 + u)]) * (u - 20);
      }
    const double angle = std::atan2(y, x) * 180 / std::numbers::pi;
    least = std::min(least, angle), most = std::max(most, angle);
  }
  EXPECT_NEAR(least, -30, 2);
  EXPECT_NEAR(most, 30, 2);
}

}  // namespace goodfit
