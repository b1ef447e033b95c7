#include "goodfit/train/trainer/splits.hpp"

#include <cmath>
#include <map>
#include <set>

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// 100 samples, of which 10 are of class 1; the feature is the row.
Data uneven() {
  Data data;
  data.train.shape = {1};
  for (int i = 0; i < 100; ++i) {
    data.train.features.push_back(float(i));
    data.train.targets.push_back(i % 10 == 0 ? 1.0f : 0.0f);
  }
  return data;
}

Size of_class_one(const Portion& portion) {
  return std::count_if(portion.rows.begin(), portion.rows.end(),
                       [&](Size row) { return portion.samples->targets[std::size_t(row)] == 1; });
}

}  // namespace

TEST(Splits, ShareOutEverySampleOnce) {
  const Data data = uneven();
  const Portions portions = split_data(data, {.validation = 0.25, .test = 0.2}, true, 1);
  EXPECT_EQ(portions.test.count(), 20);
  EXPECT_EQ(portions.validation.count(), 20);  // a quarter of what the test left
  EXPECT_EQ(portions.train.count(), 60);
  std::set<Size> rows;
  for (const Portion* portion : {&portions.train, &portions.validation, &portions.test})
    rows.insert(portion->rows.begin(), portion->rows.end());
  EXPECT_EQ(rows.size(), 100u);
}

TEST(Splits, StratifiedHaveEachClassInTheSameProportion) {
  const Data data = uneven();
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Portions portions = split_data(data, {.validation = 0.25, .test = 0.2}, true, seed);
    EXPECT_EQ(of_class_one(portions.test), 2);
    EXPECT_EQ(of_class_one(portions.validation), 2);
    EXPECT_EQ(of_class_one(portions.train), 6);
  }
}

TEST(Splits, UnstratifiedLeaveTheClassesToChance) {
  const Data data = uneven();
  std::set<Size> counts;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Split split{.validation = 0.2, .stratified = false};
    counts.insert(of_class_one(split_data(data, split, true, seed).validation));
  }
  EXPECT_GT(counts.size(), 1u);
}

TEST(Splits, ByTimeHoldTheLatestOut) {
  Data data = uneven();
  data.features = {"row"};
  data.keys["day"].resize(100);
  for (int i = 0; i < 100; ++i) data.keys["day"][std::size_t(i)] = (i * 37) % 100;
  data.keys["day"][37] = std::nan("");  // nobody knows when: never held out
  for (const std::uint64_t seed : {1, 2}) {
    const Portions by_key = split_data(data, {.test = 0.2, .time = "day"}, true, seed);
    EXPECT_EQ(by_key.test.count(), 20);
    EXPECT_EQ(by_key.validation.count(), 8);
    for (const Size row : by_key.test.rows) EXPECT_GE((row * 37) % 100, 80);
    for (const Size row : by_key.validation.rows) EXPECT_LT((row * 37) % 100, 80);
    for (const Size row : by_key.validation.rows) EXPECT_GE((row * 37) % 100, 72);
  }
  const Portions by_feature =
      split_data(data, {.validation = 0, .test = 0.1, .time = "row"}, true, 1);
  EXPECT_EQ(by_feature.test.rows.front(), 90);
}

TEST(Splits, ByGroupKeepGroupsTogether) {
  Data data = uneven();
  data.keys["owner"].resize(100);
  for (int i = 0; i < 100; ++i) data.keys["owner"][std::size_t(i)] = i / 5;
  const Split split{.validation = 0.2, .test = 0.25, .group = "owner"};
  const Portions portions = split_data(data, split, true, 1);
  EXPECT_EQ(portions.test.count(), 25);
  EXPECT_EQ(portions.validation.count(), 15);
  std::map<Size, std::set<const Portion*>> seen;
  for (const Portion* portion : {&portions.train, &portions.validation, &portions.test})
    for (const Size row : portion->rows) seen[row / 5].insert(portion);
  EXPECT_EQ(seen.size(), 20u);
  for (const auto& [group, where] : seen) EXPECT_EQ(where.size(), 1u) << group;
  EXPECT_NE(split_data(data, split, true, 2).test.rows, portions.test.rows);
  data.keys["owner"].assign(100, 7);
  expect_error([&] { split_data(data, split, true, 1); }, "all rows are of one group");
}

TEST(Splits, NameTheColumnsThereAre) {
  Data data = uneven();
  data.features = {"row"};
  expect_error([&] { split_data(data, {.time = "roww"}, true, 1); }, "did you mean \"row\"?");
}

TEST(Splits, DependOnTheSeedAlone) {
  const Data data = uneven();
  const Split split{.validation = 0.2};
  EXPECT_EQ(split_data(data, split, true, 4).train.rows,
            split_data(data, split, true, 4).train.rows);
  EXPECT_NE(split_data(data, split, true, 4).train.rows,
            split_data(data, split, true, 5).train.rows);
}

TEST(Splits, KeepTheTestSamplesThatADataSetBrings) {
  Data data = uneven();
  data.test = clouds(7);
  const Portions portions = split_data(data, {.validation = 0, .test = 0.5}, true, 1);
  EXPECT_EQ(portions.test.samples, &*data.test);
  EXPECT_EQ(portions.test.count(), 7);
  EXPECT_EQ(portions.train.count(), 100);
}

TEST(Splits, KeepTheValidationSamplesThatADataSetBrings) {
  Data data = uneven();
  data.validation = clouds(7);
  const Portions portions = split_data(data, {.validation = 0.5, .test = 0.2}, true, 1);
  EXPECT_EQ(portions.validation.samples, &*data.validation);
  EXPECT_EQ(portions.validation.count(), 7);
  EXPECT_EQ(portions.test.count(), 20);
  EXPECT_EQ(portions.train.count(), 80);
}

TEST(Splits, LeaveSomethingToTrainOn) {
  Data data;
  data.train = {.shape = {1}, .features = {1}, .targets = {0}};
  expect_error(
      [&] { split_data(data, {.validation = 0.9}, false, 1); },
      "split: of 1 samples none is left to train on; lower split.validation or split.test");
}

TEST(Splits, GatherRowsInTheOrderAsked) {
  const Data data = uneven();
  const Portion odd{&data.train, {1, 3, 10, 7}};
  std::vector<float> features(3), targets(3);
  odd.gather(std::vector<Size>{2, 0, 3}, features, targets);
  EXPECT_EQ(features, (std::vector<float>{10, 1, 7}));
  EXPECT_EQ(targets, (std::vector<float>{1, 0, 0}));
  EXPECT_EQ(odd.copy().features, (std::vector<float>{1, 3, 10, 7}));
}

TEST(Splits, GatherTheSameWithThreads) {
  constexpr Size width = 520, count = 71;  // enough for threads, and shards that do not come out
  Samples samples{.shape = {width}};
  for (Size i = 0; i < width * count; ++i) samples.features.push_back(float(i));
  for (Size i = 0; i < count; ++i) samples.targets.push_back(float(i));
  const Portion portion = whole(samples);
  std::vector<float> features(samples.features.size()), targets(count);
  Threads threads(2);
  portion.gather(portion.rows, features, targets, &threads);
  EXPECT_EQ(features, samples.features);
  EXPECT_EQ(targets, samples.targets);
}

TEST(Splits, OfARunAreFoundAgain) {
  const auto run = train(clouds_recipe(), {.threads = 1});
  const Samples held = split_of(run, "validation");
  EXPECT_EQ(held.count(), 30);
  EXPECT_EQ(run.evaluate(held, 1), run.best_scores);
  EXPECT_EQ(split_of(run, "train").count(), 120);
  expect_error([&] { split_of(run, "test"); }, "this run has no test samples");
  expect_error([&] { split_of(run, "tset"); }, "test");
}

}  // namespace goodfit
