#include "goodfit/study/uncertainty/levels.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/base/random.hpp"

namespace goodfit {
namespace {

constexpr Size rows = 4000;

// Three binomial deviations of the share of all rows that are inside.
double chance(double level) { return 3 * std::sqrt(level * (1 - level) / double(rows)); }

// y = x + noise of 0.5, by passes whose means scatter by 0.3 around x.
struct Toy {
  std::vector<float> outputs, targets;
  Toy(Size passes, double told_noise, double scatter, double true_noise) {
    Random random(8, stream_of("toy"));
    const Size width = told_noise > 0 ? 2 : 1;
    outputs.resize(std::size_t(passes * rows * width));
    for (Size row = 0; row < rows; ++row) {
      const double x = random.normal();
      for (Size pass = 0; pass < passes; ++pass) {
        float* at = outputs.data() + (pass * rows + row) * width;
        at[0] = float(x + scatter * random.normal());
        if (width == 2) at[1] = float(told_noise);
      }
      targets.push_back(float(x + true_noise * random.normal()));
    }
  }
};

TEST(Levels, NoiseAndScatterTogetherHoldWhatTheyShould) {
  const double all = std::sqrt(0.5 * 0.5 + 0.3 * 0.3);
  const Toy toy(100, 0.5, 0.3, all);
  Levels levels;
  levels.add(toy.outputs, 100, toy.targets, 2, Meaning::normal);
  for (const Levels::At& at : levels.all)
    EXPECT_NEAR(levels.inside(at), at.level, chance(at.level) + 0.005) << at.level;
  EXPECT_NEAR(levels.width(levels.all[5]), 2 * 1.95996 * all, 0.01);
  // Half the noise is told: fewer are inside.
  const Toy sure(100, 0.25, 0.3, all);
  Levels less;
  less.add(sure.outputs, 100, sure.targets, 2, Meaning::normal);
  EXPECT_LT(less.inside(less.all[4]), 0.85);
}

TEST(Levels, PassesAloneHoldWhatTheyScatterBy) {
  const Toy toy(200, 0, 0.3, 0.3);
  Levels levels;
  levels.add(toy.outputs, 200, toy.targets, 1, Meaning::numbers);
  for (const Levels::At& at : levels.all)
    EXPECT_NEAR(levels.inside(at), at.level, chance(at.level) + 0.015) << at.level;
  EXPECT_NEAR(levels.width(levels.all[4]), 2 * 1.64485 * 0.3, 0.02);
  const Toy noisy(200, 0, 0.1, 0.5);
  Levels blind;
  blind.add(noisy.outputs, 200, noisy.targets, 1, Meaning::numbers);
  EXPECT_LT(blind.inside(blind.all[4]), 0.4) << "the noise of the targets is not in the passes";
}

TEST(Levels, OfClassesASetIsAsLargeAsItMustBe) {
  // Two passes of mean (0.6, 0.3, 0.1) and (0.04, 0.96, 0); targets 1 and 0.
  const std::vector<float> y{0.5, 0.4, 0.1, 0.04, 0.96, 0, 0.7, 0.2, 0.1, 0.04, 0.96, 0};
  Levels levels;
  levels.add(y, 2, std::vector<float>{1, 0}, 3, Meaning::logits);
  const auto& [half, six, seven, eight, nine, ninety_five, ninety_nine] = levels.all;
  EXPECT_EQ(levels.width(half), 1);  // {0}, {1}
  EXPECT_EQ(levels.inside(half), 0);
  EXPECT_EQ(levels.width(seven), 1.5);  // {0, 1}, {1}
  EXPECT_EQ(levels.inside(eight), 0.5);
  EXPECT_EQ(levels.width(ninety_nine), 2.5);  // {0, 1, 2}, {1, 0}
  EXPECT_EQ(levels.inside(ninety_nine), 1);
  EXPECT_EQ(levels.width(ninety_five), 2);  // {0, 1, 2}, {1}
}

TEST(Levels, OfYesOrNoBothAreClasses) {
  Levels levels;
  levels.add(std::vector<float>{0.9f, 0.2f}, 1, std::vector<float>{1, 1}, 1, Meaning::binary);
  EXPECT_EQ(levels.width(levels.all[0]), 1);
  EXPECT_EQ(levels.inside(levels.all[0]), 0.5);
  EXPECT_EQ(levels.inside(levels.all[6]), 1);
  EXPECT_TRUE(levels.rows[0].right);
  EXPECT_FALSE(levels.rows[1].right);
}

TEST(Levels, TheLeastCertainAreLeftOutFirst) {
  Levels levels;
  levels.rows = {{0.9, false}, {0.1, true}, {0.5, false}, {0.2, true}};
  const std::vector<std::pair<double, double>> wanted{
      {0.25, 1}, {0.5, 1}, {0.75, 2.0 / 3}, {1, 0.5}};
  EXPECT_EQ(levels.right_by_share(4), wanted);
}

}  // namespace
}  // namespace goodfit
