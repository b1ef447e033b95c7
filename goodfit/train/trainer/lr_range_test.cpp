#include "goodfit/train/trainer/lr_range.hpp"

#include "goodfit/train/trainer/testing.hpp"
#include "tests/golden.hpp"

namespace goodfit {
namespace {

// The test of a loss that is a function of log10 lr, over 100 steps from 1e-7 to 10.
LrRange range_of(const std::function<double(double)>& loss) {
  LrRange range;
  for (int i = 0; i < 100; ++i) {
    const double at = -7 + 8 * double(i) / 99;
    if (!range.add(std::pow(10, at), loss(at), 100)) break;
  }
  return range;
}
// 2 until 1e-4, then in a straight line to 1 at 1e-2, and there it stays.
double falling(double at) { return 2 - std::clamp((at + 4) / 2, 0.0, 1.0); }

}  // namespace

TEST(LrRange, SuggestsWhatFastaiSuggests) {
  for (const auto& one : golden("lr_range")["cases"]) {
    LrRange range;
    bool goes_on = true;
    for (std::size_t i = 0; i < one["lr"].size(); ++i)
      goes_on = range.add(one["lr"][i], one["loss"][i], 100);
    EXPECT_EQ(goes_on, one["lr"].size() == 100) << "it ends where fastai's does";
    expect_near(range.smoothed, one["smoothed"], 1e-12, "smoothed");
    range.find_suggestions();
    ASSERT_EQ(range.suggestions.size(), 3u);
    for (const LrSuggestion& suggestion : range.suggestions)
      EXPECT_EQ(suggestion.lr, rounded_lr(one[std::string(suggestion.name)])) << suggestion.name;
  }
}

TEST(LrRange, BordersAreWhereTheFallBeginsAndWhereItIsDone) {
  LrRange range = range_of(falling);
  range.find_suggestions();
  EXPECT_NEAR(std::log10(range.base), -3.8, 0.17);  // two steps
  EXPECT_NEAR(std::log10(range.max), -2.2, 0.17);
}

TEST(LrRange, EndsWhenTheLossExplodes) {
  const auto steps_until = [](const std::function<double(double)>& loss) {
    const LrRange range = range_of(loss);
    EXPECT_TRUE(range.exploded);
    return range.lr.size();
  };
  EXPECT_EQ(steps_until([](double at) { return at > -1 ? INFINITY : falling(at); }), 75u);
  EXPECT_LT(steps_until([](double at) { return falling(at) + (at > -1 ? 1000 : 0); }), 77u);
  // Losses below 0 explode as well, and not by a breath.
  EXPECT_LT(steps_until([](double at) { return falling(at) - 2 + (at > -1 ? 1000 : 0); }), 77u);
  const auto breath = [](double at) { return falling(at) - 1.45 + (at > -1 ? 0.05 : 0); };
  EXPECT_FALSE(range_of(breath).exploded);
}

TEST(LrRange, OfALossThatFallsNowhereSaysSo) {
  for (const auto& loss : {+[](double) { return 2.0; }, +[](double at) { return 2 + 0.1 * at; },
                           +[](double at) { return at > -6.9 ? INFINITY : 2.0; }}) {
    LrRange range = range_of(loss);
    if (loss(0) < loss(-7)) continue;
    expect_error([&] { range.find_suggestions(); }, "the loss falls nowhere from lr 1e-07 to");
  }
  Random random(1, stream_of("noise"));
  for (int i = 0; i < 100; ++i) {
    LrRange noise = range_of([&](double) { return 2 + 0.5 * random.normal(); });
    expect_error([&] { noise.find_suggestions(); }, "the loss falls nowhere");
  }
  LrRange nothing;
  EXPECT_FALSE(nothing.add(1e-7, NAN, 100));
  expect_error([&] { nothing.find_suggestions(); }, "the loss falls nowhere");
}

TEST(LrRange, TriesEachSuggestionAndItsNeighboursOnce) {
  LrRange range;
  range.suggestions = {{"valley", 0.01, ""}, {"minimum", 0.011, ""}, {"steepest", 0.1, ""}};
  EXPECT_EQ(range.worth_trying(10), (std::vector<double>{0.00333, 0.01, 0.03, 0.1, 0.3}));
  EXPECT_EQ(range.worth_trying(0.02), (std::vector<double>{0.00333, 0.01, 0.02}));
}

TEST(LrRange, ChoosesTheTrialThatEndsBest) {
  LrRange range;
  range.suggestions = {{"valley", 0.01, ""}};
  range.trials = {{0.003, 1.5}, {0.01, 1.2}, {0.03, 0.9}, {0.1, NAN}};
  range.choose();
  EXPECT_EQ(range.chosen, 0.03);
  range.trials = {{0.01, NAN}, {0.03, NAN}};
  range.choose();
  EXPECT_EQ(range.chosen, 0.01) << "the valley, when all trials exploded";
}

TEST(LrRange, SetsTheHeightOfAScheduleAndBothBordersOfACycle) {
  LrRange range;
  range.base = 0.002;
  EXPECT_EQ(range.placed(0.5, 0.03, 100, 10), Schedule(0.03));
  const Schedule cycle = range.placed(OneCycle{.max = 1, .pct = 0.2}, 0.03, 1000, 10);
  EXPECT_NEAR(cycle.as<OneCycle>()->max, 0.03, 1e-5);
  EXPECT_EQ(cycle.as<OneCycle>()->pct, 0.2);
  EXPECT_EQ(range.placed(Cyclic{.step_size_up = 9}, 0.03, 1000, 10),
            Schedule(Cyclic{.max = 0.03, .base = 0.002, .step_size_up = 9}));
  expect_error([&] { range.placed(0.0, 0.03, 100, 10); }, "lr: constant is 0 throughout");
}

TEST(LrRange, AutoMustBeAroundTheOtherSchedule) {
  EXPECT_EQ(auto_of(0.5).schedule, Schedule(0.5));
  EXPECT_EQ(auto_of(Auto{.steps = 50}).steps, 50);
  expect_error([] { auto_of(Warmup{.schedule = Auto{}}); }, "\"auto\" must be around the other");
  Recipe recipe = clouds_recipe();
  recipe.lr = Warmup{.schedule = Auto{}};
  expect_error([&] { train(recipe); }, "must be around the other schedule: { auto = { … } }");
}

}  // namespace goodfit
