// The search for the lr leaves no trace but the lr.
#include "goodfit/base/json.hpp"
#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

const Auto quick{.low = 1e-4, .steps = 60, .trial_steps = 4};

struct Searching : Watch {
  using Watch::Watch;
  void on_lr_step(const LrStepReport& report) override {
    ++search_steps;
    trials = report.trials;
  }
  void on_lr_range(const LrRange& range) override { found = range.schedule; }
  bool wants_stop() override { return Watch::wants_stop() || search_steps == stop_search; }
  Size search_steps = 0, stop_search = -1, trials = 0;
  std::optional<Schedule> found;
};

// Trains with an lr that is found, and then with that lr; both must be the same run.
void expect_no_trace(Recipe recipe, const std::string& what) {
  recipe.lr = quick;
  recipe.epochs = 2;
  Searching watch;
  std::optional<Run> searched;
  ASSERT_NO_THROW(searched = train(recipe, {.threads = 1, .callbacks = {&watch}})) << what;
  ASSERT_TRUE(watch.found) << what;
  EXPECT_GT(watch.search_steps, 10) << what;
  EXPECT_GE(watch.trials, 3) << what;
  recipe.lr = *watch.found;
  EXPECT_EQ(searched->recipe(), recipe) << what;
  const auto given = train(recipe, {.threads = 1});
  EXPECT_EQ(weights_of(*searched), weights_of(given)) << what;
  EXPECT_EQ(searched->best_scores, given.best_scores) << what;
}

}  // namespace

TEST(LrSearch, LeavesNoTraceInWeightsMemoryBuffersAndOrder) {
  expect_no_trace(clouds_recipe(), "batch norm, dropout, adam");
  Recipe recipe = clouds_recipe();
  recipe.accumulate = 2;
  recipe.transforms = {Mixup{}};
  recipe.gradients = {ClipNorm{}, GradientNoise{}};
  recipe.statistics = "recomputed";
  recipe.init = Lsuv{};
  expect_no_trace(recipe, "mixup, accumulate, noise, recomputed statistics, lsuv");
  for (const Optimizer& rule :
       {Optimizer(Sgd{.momentum = 0.9}), Optimizer(Sam{.optimizer = AdamW{}}),
        Optimizer(Lookahead{.optimizer = Adam{}}), Optimizer(Ema{.decay = 0.9}),
        Optimizer(Swa{.start = 0.3}), Optimizer(ScheduleFreeAdamW{}), Optimizer(Muon{})}) {
    recipe = clouds_recipe();
    recipe.optimizer = rule;
    expect_no_trace(recipe, std::string(rule.key()));
  }
}

TEST(LrSearch, IsTheSameForAnyNumberOfThreads) {
  Recipe recipe = clouds_recipe();
  recipe.model[1] = Dense{.out = 200};
  const std::string one = to_json(to_event(find_lr(recipe, {.threads = 1})));
  EXPECT_EQ(to_json(to_event(find_lr(recipe, {.threads = 3}))), one);
  EXPECT_NE(one.find("\"trials\":[{"), std::string::npos);
}

TEST(LrSearch, FindsAnLrThatTrainsAsWellAsTheBestOfAGrid) {
  Recipe recipe = clouds_recipe();
  recipe.data = clouds_data(600);
  recipe.optimizer = Sgd{.momentum = 0.9};
  const auto loss_with = [&](double lr) {
    recipe.lr = lr;
    return train(recipe, {.threads = 1}).best("loss");
  };
  const LrRange range = find_lr(recipe, {.threads = 1});
  double best = INFINITY;
  for (const double lr : {1e-4, 1e-3, 1e-2, 1e-1, 1.0}) best = std::min(best, loss_with(lr));
  EXPECT_LT(loss_with(range.chosen), best + 0.03) << range.chosen;
  EXPECT_GT(loss_with(1e-4), best + 0.2) << "so that the lr matters";
}

TEST(LrSearch, JudgesByTrainingSamplesWhenNoneAreHeldOut) {
  Recipe recipe = clouds_recipe();
  recipe.split = {.validation = 0};
  EXPECT_GT(find_lr(recipe, {.threads = 1}).chosen, 0);
  recipe.lr = quick;
  EXPECT_EQ(train(recipe, {.threads = 1}).epochs, 4);
}

TEST(LrSearch, IsWrittenDownAndNotMadeAgainByAResume) {
  const TemporaryFolder place;
  const fs::path whole = place.path() + "/whole", torn = place.path() + "/torn";
  Recipe recipe = clouds_recipe();
  recipe.lr = Auto{.schedule = Cosine{}, .low = 1e-4, .steps = 60, .trial_steps = 4};
  Searching watch;
  const auto run = train(recipe, {.folder = whole, .threads = 1, .callbacks = {&watch}});
  const Recipe written = read_recipe(whole / "recipe.toml");
  EXPECT_EQ(written.lr, *watch.found);
  EXPECT_NE(written.lr.as<Cosine>(), nullptr);
  const std::string record = read_file(whole / "record.jsonl");
  EXPECT_TRUE(says(record, "{\"event\":\"lr_range\",\"chosen\":"));

  Searching first(6), second;
  train(recipe, {.folder = torn, .threads = 1, .callbacks = {&first}});
  const auto resumed =  // by a program, which still says auto
      train(recipe, {.folder = torn, .resume = true, .threads = 1, .callbacks = {&second}});
  EXPECT_GT(first.search_steps, 0);
  EXPECT_EQ(second.search_steps, 0);
  EXPECT_EQ(weights_of(resumed), weights_of(run));
  EXPECT_EQ(read_recipe(torn / "recipe.toml"), written);
  EXPECT_EQ(load_run(torn).recipe().lr, *watch.found);
}

TEST(LrSearch, ThatIsInterruptedIsMadeAgain) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  recipe.lr = quick;
  const auto whole = train(recipe, {.threads = 1});
  for (const Size stop : {3, 65}) {  // in the test, in a trial
    const fs::path folder = place.path() + "/" + std::to_string(stop);
    Searching watch;
    watch.stop_search = stop;
    const auto run = train(recipe, {.folder = folder, .threads = 1, .callbacks = {&watch}});
    EXPECT_EQ(run.ending, Ending::interrupted);
    EXPECT_EQ(watch.steps, 0);
    const auto resumed = train(recipe, {.folder = folder, .resume = true, .threads = 1});
    EXPECT_EQ(weights_of(resumed), weights_of(whole));
  }
}

}  // namespace goodfit
