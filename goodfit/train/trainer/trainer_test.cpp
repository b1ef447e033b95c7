#include "goodfit/train/trainer/trainer.hpp"

#include <chrono>
#include <thread>

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Size steps_of_epoch(const Recipe& recipe) {
  Watch watch(1);
  train(recipe, {.threads = 1, .callbacks = {&watch}});
  return watch.rows_of_epoch;
}

// Writes down what it is given in the first step, and moves nothing.
struct Spy {
  static constexpr Card card{"spy", "Looks."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr std::array<std::string_view, 1> memory{"seen"};
  static constexpr std::size_t scratch = 1;
  struct Given {
    std::size_t size;
    Size rows;
    friend bool operator==(const Given&, const Given&) = default;
  };
  static inline std::vector<Given> given;

  void update(const Step& now, Span w, ConstSpan g, Memory<2> kept) const {
    EXPECT_TRUE(g.size() == w.size() && kept[0].size() == w.size() && kept[1].size() == w.size());
    EXPECT_NE(kept[0].data(), kept[1].data());
    if (now.number == 1) given.push_back({w.size(), now.rows});
  }
};
struct WholeSpy : Spy {
  static constexpr auto fields() { return Fields{}; }
  static constexpr bool whole_tensor = true;
};

std::vector<Spy::Given> given_to(const Optimizer& spy) {
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 60}, Dense{.out = 300}, Dense{.out = 3}};  // 18000 weights inside
  recipe.optimizer = spy;
  recipe.epochs = 1;
  Spy::given.clear();
  train(recipe, {.threads = 1});
  return Spy::given;
}

}  // namespace

TEST(Trainer, LearnsToTellTheCloudsApart) {
  Recipe recipe = clouds_recipe();
  recipe.epochs = 15;
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.ending, Ending::finished);
  EXPECT_EQ(run.history.size(), 15u);
  EXPECT_LT(run.history.back().train_loss, 0.7 * run.history.front().train_loss);
  EXPECT_GT(run.best("accuracy"), 0.75);
}

TEST(Trainer, GivesTheSameBytesOnAnyThreads) {
  Recipe recipe = clouds_recipe();
  recipe.data = clouds_data(1500);
  recipe.model = {Standardize{},     Dense{.out = 160}, BatchNorm{}, Relu{},
                  Dropout{.p = 0.2}, Dense{.out = 160}, LayerNorm{}, Tanh{},
                  Dense{.out = 3}};
  recipe.regularizers = {L2{}, L1{}};
  recipe.batch = 200;  // enough work for threads to be woken
  recipe.epochs = 2;
  const auto one = train(recipe, {.threads = 1}), two = train(recipe, {.threads = 2}),
             three = train(recipe, {.threads = 3});
  EXPECT_EQ(weights_of(two), weights_of(one));
  EXPECT_EQ(weights_of(three), weights_of(one));
  EXPECT_EQ(two.best_scores, one.best_scores);
}

TEST(Trainer, CutsLongTensorsForRulesThatAllowItAndNamesTheRowsOfMatrices) {
  using Given = std::vector<Spy::Given>;
  EXPECT_EQ(given_to(WholeSpy{}),
            (Given{{120, 60}, {60, 1}, {18000, 300}, {300, 1}, {900, 3}, {3, 1}}));
  EXPECT_EQ(given_to(Spy{}), (Given{{9008, 300},  // the upper half first
                                    {120, 60},
                                    {60, 1},
                                    {300, 1},
                                    {900, 3},
                                    {3, 1},
                                    {8992, 300}}));
}

TEST(Trainer, RulesThatSeeWholeTensorsGiveTheSameBytesOnAnyThreads) {
  for (const Optimizer& rule : {Optimizer(Lamb{}), Optimizer(Lookahead{.optimizer = Muon{}})}) {
    Recipe recipe = clouds_recipe();
    recipe.data = clouds_data(1500);
    recipe.model = {Standardize{}, Dense{.out = 160}, Relu{}, Dense{.out = 160},
                    Relu{},        Dense{.out = 3}};
    recipe.optimizer = rule;
    recipe.batch = 200;
    recipe.epochs = 2;
    const auto one = train(recipe, {.threads = 1}), three = train(recipe, {.threads = 3});
    EXPECT_EQ(weights_of(three), weights_of(one)) << rule.key();
    EXPECT_GT(one.best("accuracy"), 0.75) << rule.key();
  }
}

TEST(Trainer, DependsOnTheSeed) {
  Recipe recipe = clouds_recipe();
  const auto first = train(recipe, {.threads = 1}), same = train(recipe, {.threads = 1});
  recipe.seed = 4;
  EXPECT_EQ(weights_of(same), weights_of(first));
  EXPECT_NE(weights_of(train(recipe, {.threads = 1})), weights_of(first));
}

TEST(Trainer, WithoutPassesGivesTheSameToRounding) {
  Recipe recipe = clouds_recipe();
  recipe.epochs = 1;
  recipe.optimizer = Sgd{};  // adam makes whole steps of gradients that are rounding alone
  const auto fast = train(recipe, {.threads = 1});
  TrainOptions plain{.threads = 1};
  for (const Pass& pass : passes()) plain.without_passes.emplace_back(pass.name);
  EXPECT_NEAR(train(recipe, plain).best("loss"), fast.best("loss"), 1e-6);
  expect_error([&] { train(recipe, {.without_passes = {"fuse"}}); }, "fuse_followers");
}

TEST(Trainer, StopsEarlyAndRestoresTheBestWeights) {
  Recipe recipe = clouds_recipe();
  recipe.lr = 3.0;  // jumps about, so that the last epoch is hardly the best one
  recipe.epochs = 100;
  recipe.stop = {.patience = 3};
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.ending, Ending::stopped_early);
  EXPECT_EQ(run.epochs, run.best_epoch + 3);
  const Samples held = split_of(run, "validation");
  EXPECT_EQ(run.evaluate(held, 1), run.best_scores);
  double lowest = 1e9;
  for (const EpochReport& epoch : run.history)
    lowest = std::min(lowest, epoch.validation.front().second);
  EXPECT_EQ(run.best("loss"), lowest);
  EXPECT_LT(run.best("loss"), run.history.back().validation.front().second);
}

TEST(Trainer, MonitorsAMetricWhoseHigherIsBetter) {
  Recipe recipe = clouds_recipe();
  recipe.lr = 1.0;
  recipe.epochs = 8;
  recipe.stop = {.monitor = "accuracy"};
  const auto run = train(recipe, {.threads = 1});
  double highest = 0;
  for (const EpochReport& epoch : run.history)
    highest = std::max(highest, epoch.validation.back().second);
  EXPECT_EQ(run.best("accuracy"), highest);
  recipe.stop.monitor = "acuracy";
  expect_error([&] { train(recipe); }, "did you mean \"accuracy\"");
}

TEST(Trainer, MinDeltaAsksForMoreThanAHair) {
  Recipe recipe = clouds_recipe();
  recipe.stop = {.patience = 2, .min_delta = 100};
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.best_epoch, 1);
  EXPECT_EQ(run.epochs, 3);
}

TEST(Trainer, StopsWhenTheMonitoredScoreIsAsGoodAsTheTarget) {
  Recipe recipe = clouds_recipe();
  recipe.lr = 0.01;
  recipe.epochs = 10;
  for (const std::string monitor : {"loss", "accuracy"}) {
    recipe.stop = {.min_delta = 0.5, .monitor = monitor};
    const bool higher = monitor == "accuracy";
    const auto score = [&](const EpochReport& epoch) {
      return epoch.validation[higher ? 1 : 0].second;
    };
    const auto whole = train(recipe, {.threads = 1});
    const double first = score(whole.history[0]);
    std::size_t wanted = 1;  // the first that betters the first
    while (higher ? score(whole.history[wanted]) <= first : score(whole.history[wanted]) >= first)
      ++wanted;
    recipe.stop.target = score(whole.history[wanted]);
    const auto run = train(recipe, {.threads = 1});
    EXPECT_EQ(run.ending, Ending::reached_target) << monitor;
    EXPECT_EQ(run.epochs, Size(wanted) + 1) << monitor;
    EXPECT_EQ(run.best_epoch, run.epochs) << monitor << ": however small the gain";
    EXPECT_EQ(run.best(monitor), *recipe.stop.target);
    recipe.stop.target = higher ? 2 : -1;
    EXPECT_EQ(train(recipe, {.threads = 1}).ending, Ending::finished);
    recipe.split = {.validation = 0};
    recipe.stop.target = higher ? 0 : 9;
    EXPECT_EQ(train(recipe, {.threads = 1}).ending, Ending::finished) << "nothing is monitored";
    recipe.split = {.validation = 0.2};
  }
}

TEST(Trainer, WhenTimeIsOverTheEpochThatHasBegunCounts) {
  Recipe recipe = clouds_recipe();
  recipe.stop = {.seconds = 1e-9};
  Watch watch;
  const auto run = train(recipe, {.threads = 1, .callbacks = {&watch}});
  EXPECT_EQ(run.ending, Ending::out_of_time);
  EXPECT_EQ(watch.steps, 1) << "so that there is a model";
  EXPECT_EQ(run.epochs, 1);
  EXPECT_EQ(run.best_epoch, 1);
  EXPECT_EQ(run.evaluate(split_of(run, "validation"), 1), run.best_scores);
  recipe.stop = {.seconds = 600};
  EXPECT_EQ(train(recipe, {.threads = 1}).ending, Ending::finished);
}

TEST(Trainer, WhenTimeIsOverTheBestWeightsAreRestored) {
  struct Sleeper : Callback {  // lets time pass in the fourth epoch
    void on_step(const StepReport& report) override {
      if (report.epoch == 4) std::this_thread::sleep_for(std::chrono::seconds(1));
    }
  } sleeper;
  Recipe recipe = clouds_recipe();
  recipe.lr = 3.0;
  recipe.stop = {.seconds = 1};
  const auto run = train(recipe, {.threads = 1, .callbacks = {&sleeper}});
  EXPECT_EQ(run.ending, Ending::out_of_time);
  EXPECT_LE(run.epochs, 4);  // fewer on a machine that stood still
  EXPECT_EQ(Size(run.history.size()), run.epochs);
  double lowest = 1e9;
  for (const EpochReport& epoch : run.history)
    lowest = std::min(lowest, epoch.validation.front().second);
  EXPECT_EQ(run.best("loss"), lowest);
  EXPECT_EQ(run.evaluate(split_of(run, "validation"), 1), run.best_scores);
}

TEST(Trainer, WithoutValidationKeepsTheLastEpoch) {
  Recipe recipe = clouds_recipe();
  recipe.split = {.validation = 0};
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.best_epoch, 4);
  EXPECT_TRUE(run.best_scores.empty());
  EXPECT_TRUE(run.history.back().validation.empty());
  expect_error([&] { run.best("loss"); }, "loss");
}

TEST(Trainer, ScoresTheTestSamplesAtTheEnd) {
  Recipe recipe = clouds_recipe();
  recipe.split = {.validation = 0.1, .test = 0.2};
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.evaluate(split_of(run, "test"), 1), run.test_scores);
}

TEST(Trainer, DropsASmallerLastBatchWhenAsked) {
  Recipe recipe = clouds_recipe();  // 120 samples to train on
  recipe.batch = 50;
  EXPECT_EQ(steps_of_epoch(recipe), 3);
  recipe.drop_last = true;
  EXPECT_EQ(steps_of_epoch(recipe), 2);
  recipe.batch = 500;  // no more than there are
  EXPECT_EQ(steps_of_epoch(recipe), 1);
}

TEST(Trainer, LeavesOutALastBatchOfOneSampleOnlyForBatchStatistics) {
  Recipe recipe = clouds_recipe();
  recipe.batch = 119;
  EXPECT_EQ(steps_of_epoch(recipe), 1);
  recipe.model = {Dense{.out = 3}};
  EXPECT_EQ(steps_of_epoch(recipe), 2);
}

TEST(Trainer, ALossThatIsNoNumberEndsTheRunWithCodeOne) {
  Recipe recipe = clouds_recipe();
  recipe.data = in_memory({1}, {1e20f, -1e20f, 1e20f, 3}, {1, 2, 3, 4});
  recipe.model = {Dense{.out = 1}};
  recipe.loss = Mse{};
  recipe.optimizer = Sgd{};
  recipe.lr = 10.0;
  recipe.split = {.validation = 0};
  try {
    train(recipe, {.threads = 1});
    ADD_FAILURE() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, 1);
    EXPECT_TRUE(says(error.what(), "the loss became "));
    EXPECT_TRUE(says(error.what(), "lower the lr"));
  }
}

TEST(Trainer, RefusesWhatCannotBeTrained) {
  const auto refused = [](auto change, const std::string& because) {
    Recipe recipe = clouds_recipe();
    change(recipe);
    expect_error([&] { train(recipe); }, because);
  };
  refused([](Recipe& r) { r.data = {}; }, "the recipe has no data");
  refused([](Recipe& r) { r.model = {}; }, "the recipe has no model");
  refused([](Recipe& r) { r.model = {Flatten{}, Tanh{}, Dropout{}}; }, "2");
  refused([](Recipe& r) { r.model = {Dense{.out = 7}}; }, "3 classes; end it with dense, out = 3");
  refused([](Recipe& r) { r.batch = 1; }, "a batch of one sample has no variance");
}

TEST(Trainer, TellsCallbacksWhatHappens) {
  Watch watch;
  train(clouds_recipe(), {.threads = 1, .callbacks = {&watch}});
  EXPECT_EQ(watch.begin.train, 120);
  EXPECT_EQ(watch.begin.validation, 30);
  EXPECT_EQ(watch.begin.steps, 16);
  EXPECT_EQ(watch.begin.parameters, 2 * 8 + 8 + 8 + 8 * 3 + 3);
  EXPECT_EQ(watch.steps, 16);
  EXPECT_EQ(watch.epochs, 4);
}

TEST(Trainer, WithoutShuffleTakesTheSamplesInOrder) {
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 3}};
  recipe.split = {.validation = 0};
  recipe.shuffle = false;
  recipe.batch = 10;
  recipe.lr = 0.0;  // the weights stay, so a batch has the loss of its samples
  Watch watch;
  const auto run = train(recipe, {.threads = 1, .callbacks = {&watch}});
  Samples first = split_of(run, "train");
  first.features.resize(20);
  first.targets.resize(10);
  EXPECT_NEAR(watch.losses[0], run.evaluate(first, 1)[0].second, 1e-6);
}

TEST(Trainer, PlansWithoutTraining) {
  EXPECT_TRUE(says(plan_recipe(clouds_recipe()), "dense_bias"));
  EXPECT_TRUE(says(plan_recipe(clouds_recipe()), "lower bound"));
  EXPECT_EQ(plan_recipe(clouds_recipe(), {"fuse_followers"}).find("dense_bias"), std::string::npos);
}

}  // namespace goodfit
