#include "goodfit/study/shift/shift_watch.hpp"
#include "goodfit/parts/datasets/read_ahead.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/base/json.hpp"
#include "goodfit/study/shift/shift_text.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// Five numbers of different sorts, with groups of five rows and a rising time as keys.
Data watched_rows(Size count, Random& random, double moved = 0, bool repeated = false) {
  Data data;
  data.train.shape = {5};
  data.features = {"normal", "heavy", "mostly zero", "whole", "skewed"};
  for (Size i = 0; i < count; ++i) {
    const double a = random.normal();
    if (repeated && i % 5 > 0)
      for (int j = 0; j < 5; ++j)
        data.train.features.push_back(data.train.features[std::size_t(5 * (i - 1) + j)]);
    else
      for (const double x : {a + moved, random.normal() / (std::abs(random.normal()) + 1e-3),
                             random.uniform() < 0.01 ? random.uniform() : 0.0,
                             double(random.below(4)), std::exp(a + random.normal())})
        data.train.features.push_back(float(x));
    data.train.targets.push_back(float(a));
    data.keys["group"].push_back(double(i / 5)), data.keys["time"].push_back(double(i));
  }
  return data;
}

Recipe watched_recipe(const Data& data) {
  Recipe recipe{.data = in_memory(data), .model = {Dense{.out = 1}}, .loss = Mse{}};
  recipe.epochs = 1, recipe.split.validation = 0.3;
  return recipe;
}

std::optional<SplitShift> watched(const Recipe& recipe, const Data& data,
                                  const std::filesystem::path& folder = {}) {
  const Portions portions = split_data(data, recipe.split, false, recipe.seed);
  ShiftWatch watch;
  watch.on_data({recipe, data, portions, folder});
  return watch.found;
}

int alarms_of_splits(int trials, const std::string& group) {
  Random random(5, stream_of("watch"));
  int alarms = 0;
  for (int i = 0; i < trials; ++i) {
    const Data data = watched_rows(400, random, 0, !group.empty());
    Recipe recipe = watched_recipe(data);
    recipe.split.group = group, recipe.seed = std::uint64_t(i);
    alarms += watched(recipe, data)->differs();
  }
  return alarms;
}

TEST(ShiftWatch, IsSilentOfRowsDrawnAtRandom) {
  EXPECT_LE(alarms_of_splits(80, ""), 4);
  EXPECT_LE(alarms_of_splits(80, "group"), 4) << "rows of a group repeat one another";
}

TEST(ShiftWatch, NamesTheColumnThatChangedWithTime) {
  Random random(6, stream_of("watch"));
  Data data = watched_rows(500, random);
  for (std::size_t i = 350; i < 500; ++i) data.train.features[5 * i + 3] += 2;
  Recipe recipe = watched_recipe(data);
  recipe.split.time = "time";
  const auto found = watched(recipe, data);
  ASSERT_TRUE(found && found->differs());
  EXPECT_TRUE(found->text().starts_with("validation differs from training: whole (distance 0.5"))
      << found->text();
  EXPECT_EQ(found->text().find("normal"), std::string::npos);
}

TEST(ShiftWatch, TestSamplesOfAnotherKindAreNamed) {
  Random random(7, stream_of("watch"));
  Data data = watched_rows(300, random);
  data.test = watched_rows(200, random, 2).train;
  const auto found = watched(watched_recipe(data), data);
  ASSERT_TRUE(found && found->differs());
  EXPECT_TRUE(found->text().starts_with("test differs from training: normal ")) << found->text();
}

TEST(ShiftWatch, ValidationSamplesOfTheDatasOwnComeFirst) {
  Random random(4, stream_of("watch"));
  Data data = watched_rows(400, random);
  data.test = watched_rows(200, random).train;
  data.validation = watched_rows(200, random, 3).train;
  const auto found = watched(watched_recipe(data), data);
  ASSERT_TRUE(found && found->differs());
  EXPECT_TRUE(found->text().starts_with("validation differs from training: normal "));
  EXPECT_EQ(found->by, "own");
}

TEST(ShiftWatch, ChangesNothingInTheTraining) {
  Random random(8, stream_of("watch"));
  const Data data = watched_rows(100, random);
  ShiftWatch watch;
  EXPECT_EQ(weights_of(train(watched_recipe(data), {.callbacks = {&watch}})),
            weights_of(train(watched_recipe(data))));
  EXPECT_TRUE(watch.found);
}

struct SinceTraining : testing::Test {
  TemporaryFolder folder;
  Random random{9, stream_of("since")};
  std::optional<goodfit::Run> run;

  void train_on(const Data& data) {
    ShiftWatch watch;
    run = train(watched_recipe(data), {.folder = folder.path() + "/run", .callbacks = {&watch}});
  }
  std::vector<std::string> lines(const Data& data) const {
    return shift_lines(*shift_since_training(*run, data));
  }
};

TEST_F(SinceTraining, RaisesNoMoreFalseAlarmsThanItMay) {
  int alarms = 0, trials = 0;
  for (int i = 0; i < 4; ++i) {
    TemporaryFolder own;
    ShiftWatch watch;
    const Recipe recipe = watched_recipe(watched_rows(300, random));
    run = train(recipe, {.folder = own.path() + "/run", .callbacks = {&watch}});
    for (const Size rows : {1, 5, 20, 39, 60, 300})
      for (int j = 0; j < 6; ++j, ++trials) alarms += !lines(watched_rows(rows, random)).empty();
  }
  EXPECT_LE(alarms, 0.05 * trials + 3 * std::sqrt(0.05 * trials));
}

TEST_F(SinceTraining, TellsWhatMoved) {
  train_on(watched_rows(400, random));
  const auto said = lines(watched_rows(100, random, 1.5));
  ASSERT_FALSE(said.empty());
  EXPECT_TRUE(said[0].starts_with("normal differs from training: mean ")) << said[0];
}

TEST_F(SinceTraining, OneRowFarOutsideIsEnough) {
  train_on(watched_rows(40, random));
  Data three = watched_rows(3, random);
  three.train.features[5] = 1000;
  const auto said = lines(three);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_NE(said[0].find("1 of 3 outside"), std::string::npos) << said[0];
  EXPECT_NE(said[0].find("farthest 1000"), std::string::npos) << said[0];
}

TEST_F(SinceTraining, WhatIsKeptIsReadAsItWas) {
  Data data = watched_rows(3000, random);
  train_on(data);
  const Inputs inputs(run->recipe(), run->signature().sample, run->signature().features);
  const Seen seen = seen_from(*read_watched(run->folder).find("train"), inputs);
  EXPECT_EQ(seen.summary.rows, 2100);
  EXPECT_EQ(seen.rows.count(), 1000);
  EXPECT_EQ(to_json(to_setting(seen)), to_json(to_setting(seen_from(to_setting(seen), inputs))));
  std::filesystem::remove(run->folder / "data.json");
  EXPECT_FALSE(shift_since_training(*run, data));
}

TEST(Inputs, OfPicturesAreMeanAndContrastOfEachChannel) {
  const Recipe recipe{.data = in_memory({2, 2, 2}, {}, {})};
  const Inputs inputs(recipe, {2, 2, 2}, {});
  ASSERT_EQ(inputs.features().size(), 4u);
  EXPECT_EQ(inputs.features()[2].name, "mean of channel 1");
  const std::vector<float> pixels{1, 5, 1, 7, 3, 5, 3, 7}, wanted{2, 1, 6, 1};
  const Samples one{.shape = {2, 2, 2}, .features = pixels};
  EXPECT_EQ(inputs.rows({&one, {0}}).features, wanted);
  const auto read = [&](Size, Span to) { std::copy(pixels.begin(), pixels.end(), to.begin()); };
  const Samples from_file{.shape = {2, 2, 2}, .reader = std::make_shared<ReadAhead>(1, 8, 1, read)};
  EXPECT_EQ(inputs.rows({&from_file, {0}}).features, wanted);
}

TEST(Inputs, DrawnRowsAreOfTheWholeFile) {
  std::vector<Size> rows(1000);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = Size(i);
  const std::vector<Size> some = drawn_rows(rows, 10);
  ASSERT_EQ(some.size(), 10u);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_EQ(some[i] / 100, Size(i));
}

}  // namespace
}  // namespace goodfit
