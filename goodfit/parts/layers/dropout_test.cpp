#include "goodfit/parts/layers/dropout.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

Numbers ones(Size count) { return Numbers(std::size_t(count), 1.0); }

Numbers dropped(double p, Mode mode, std::uint64_t seed = 1, std::uint32_t step = 0) {
  return Built({Dropout{.p = p}}, {100}, 100, mode).run(ones(10000), seed, step);
}

}  // namespace

TEST(Dropout, DropsAShareOfTheUnitsAndScalesTheOthers) {
  for (const double p : {0.2, 0.5, 0.75}) {
    double zeros = 0;
    for (const double y : dropped(p, Mode::train)) {
      zeros += y == 0;
      EXPECT_NEAR(y, y == 0 ? 0 : 1 / (1 - p), 1e-6);
    }
    const double deviation = std::sqrt(10000 * p * (1 - p));
    EXPECT_NEAR(zeros, 10000 * p, 4 * deviation) << p;
  }
}

TEST(Dropout, IsActiveInTrainingAndSamplingAlone) {
  EXPECT_EQ(dropped(0.5, Mode::evaluate), ones(10000));
  EXPECT_EQ(dropped(0.5, Mode::sample), dropped(0.5, Mode::train));
}

TEST(Dropout, WithPZeroDoesNothing) { EXPECT_EQ(dropped(0, Mode::train), ones(10000)); }

TEST(Dropout, DropsOthersInEveryStepAndWithEverySeed) {
  const Numbers first = dropped(0.5, Mode::train);
  EXPECT_EQ(dropped(0.5, Mode::train), first);
  EXPECT_NE(dropped(0.5, Mode::train, 1, 1), first);
  EXPECT_NE(dropped(0.5, Mode::train, 2, 0), first);
}

TEST(Dropout, DropsOthersInEveryLayer) {
  Numbers y = Built({Dropout{.p = 0.5}, Dropout{.p = 0.5}}, {100}, 100).run(ones(10000));
  const auto fours = std::count(y.begin(), y.end(), 4.0);
  EXPECT_NEAR(double(fours), 2500, 200);  // the same mask twice would keep a half
}

TEST(Dropout, MayScaleAtPredictionInstead) {
  const Dropout vanilla{.p = 0.25, .scale = "predict"};
  for (const double y : Built({vanilla}, {100}, 100).run(ones(10000)))
    EXPECT_TRUE(y == 0 || y == 1);
  EXPECT_EQ(outputs_of(vanilla, {2}, {4, 8}, Mode::evaluate), (Numbers{3, 6}));
}

TEST(Dropout, PredictsAlikeInExpectationHoweverItScales) {
  // Through a layer of weight w, training gives w · mean(y) either way, up to the factor that is
  // the point: what training saw on average is what evaluation gives.
  for (const char* scale : {"train", "predict"}) {
    const Dropout layer{.p = 0.3, .scale = scale};
    double sum = 0;
    for (const double y : Built({layer}, {100}, 100).run(ones(10000))) sum += y;
    const double evaluated = outputs_of(layer, {1}, {1}, Mode::evaluate)[0];
    EXPECT_NEAR(sum / 10000 / evaluated, 1, 5 * std::sqrt(0.3 / 0.7 / 10000)) << scale;
  }
}

TEST(Dropout, RefusesToDropAll) {
  expect_error([] { Layer(Dropout{.p = 1}); }, "dropout.p = 1 is not allowed");
}

}  // namespace goodfit
