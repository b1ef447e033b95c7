// Laws that every transform of the catalogue obeys. A new one is tested here without being named.
#include <fmt/core.h>

#include "goodfit/parts/transforms/catalogue.hpp"
#include "goodfit/parts/transforms/testing.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

TEST(Transforms, TheSameNumbersOfChanceMakeTheSameBatch) {
  Transforms::each([]<class Part>() {
    std::vector<std::vector<float>> made;
    for (const std::uint32_t step : {3u, 3u, 4u}) {
      TestBatch batch = counting({30, 35, 2}, 8);
      Random random(5, 1, step);
      Part{}.apply(batch.view(), random);
      made.push_back(batch.features);
    }
    EXPECT_EQ(made[0], made[1]) << Part::card.key;
    EXPECT_NE(made[0], made[2]) << Part::card.key;
  });
}

TEST(Transforms, OnlyThoseThatMixTouchTargetsAndShapesStay) {
  Transforms::each([]<class Part>() {
    TestBatch batch = counting({6, 7, 2}, 8);
    const TestBatch before = batch;
    Random random(6, 1);
    for (int i = 0; i < 20; ++i) Part{}.apply(batch.view(), random);
    EXPECT_EQ(batch.targets != before.targets, Transform(Part{}).mixes()) << Part::card.key;
    EXPECT_NE(batch.features, before.features) << Part::card.key;
    EXPECT_EQ(batch.features.size(), before.features.size()) << Part::card.key;
  });
}

TEST(Transforms, AShareOfEachClassStaysAShare) {
  Transforms::each([]<class Part>() {
    TestBatch batch = counting({6, 7, 2}, 4);
    batch.goals = 3;
    batch.targets = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0};
    Random random(8, 1);
    Part{}.apply(batch.view(), random);
    for (std::size_t i = 0; i < 4; ++i)
      EXPECT_NEAR(batch.targets[3 * i] + batch.targets[3 * i + 1] + batch.targets[3 * i + 2], 1,
                  1e-6)
          << Part::card.key;
  });
}

TEST(Transforms, ImagesAreAskedForWhereTheyAreNeeded) {
  Transforms::each([]<class Part>() {
    TestBatch batch = counting({6}, 4);
    Random random(8, 1);
    try {
      Part{}.apply(batch.view(), random);
    } catch (const Error& error) {
      EXPECT_EQ(std::string(error.what()),
                fmt::format("transforms: {} takes images [height, width, channels], not samples of "
                            "shape [6]",
                            Part::card.key));
    }
  });
}

TEST(Transforms, CanBeNamedInARecipe) { expect_parts_can_be_named<Transform, Transforms>(); }
TEST(Transforms, SurviveWriting) { expect_parts_survive_writing<Transform, Transforms>(); }
TEST(Transforms, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Transforms>(); }

}  // namespace goodfit
