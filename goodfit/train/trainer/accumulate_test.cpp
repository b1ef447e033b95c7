// Several batches that make one step are one batch of all their samples.
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// 150 samples and nothing that depends on how they are cut.
Recipe recipe_of(Size batch, Size accumulate) {
  Recipe recipe = clouds_recipe();
  recipe.model = {Standardize{}, Dense{.out = 8}, Tanh{}, LayerNorm{}, Dense{.out = 3}};
  recipe.split = {.validation = 0};
  recipe.regularizers = {L2{.lambda = 0.01}};
  recipe.optimizer = Sgd{.momentum = 0.9};
  recipe.batch = batch;
  recipe.accumulate = accumulate;
  return recipe;
}

void expect_near(const std::vector<float>& a, const std::vector<float>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 2e-6) << i;
}

}  // namespace

TEST(Accumulate, GivesTheStepsOfALargerBatch) {
  // 150 samples: groups of 48 and a shorter one of 6, or of 54 with 42 in batches of 18, 18 and 6
  for (const auto& [batch, accumulate] : {std::pair<Size, Size>{16, 3}, {18, 3}, {50, 3}}) {
    const auto parts = train(recipe_of(batch, accumulate), {.threads = 1});
    const auto whole = train(recipe_of(batch * accumulate, 1), {.threads = 1});
    expect_near(weights_of(parts), weights_of(whole));
    EXPECT_NEAR(parts.history.back().train_loss, whole.history.back().train_loss, 1e-6);
    EXPECT_NEAR(parts.history.back().lr, whole.history.back().lr, 1e-12) << "steps are counted";
  }
}

TEST(Accumulate, RulesSeeTheGradientOfTheWholeStep) {
  Recipe parts = recipe_of(16, 3), whole = recipe_of(48, 1);
  for (Recipe* recipe : {&parts, &whole})
    recipe->gradients = {ClipNorm{.max = 0.05}, ClipValue{.max = 0.01}};
  expect_near(weights_of(train(parts, {.threads = 1})), weights_of(train(whole, {.threads = 1})));
}

TEST(Accumulate, OptimizersOfTwoPassesSeeAllBatchesTwice) {
  Recipe parts = recipe_of(16, 3), whole = recipe_of(48, 1);
  for (Recipe* recipe : {&parts, &whole}) recipe->optimizer = Sam{.rho = 0.1};
  expect_near(weights_of(train(parts, {.threads = 1})), weights_of(train(whole, {.threads = 1})));
}

TEST(Accumulate, CountsAndReportsSteps) {
  Watch watch;
  train(recipe_of(16, 3), {.threads = 1, .callbacks = {&watch}});  // ten batches an epoch
  EXPECT_EQ(watch.rows_of_epoch, 4);
  EXPECT_EQ(watch.begin.steps, 16);
  EXPECT_EQ(watch.steps, 16);
}

TEST(Accumulate, BatchesOfOneStepHaveMasksOfTheirOwn) {
  // Two batches of the same sample: with one mask for both, the step would be that of one batch.
  Recipe recipe;
  recipe.data = in_memory({2}, {1, 1, 1, 1}, {1, 1});
  recipe.model = {Dropout{}, Dense{.out = 1}};
  recipe.loss = Mse{};
  recipe.optimizer = Sgd{};
  recipe.split = {.validation = 0};
  recipe.batch = 1;
  recipe.epochs = 1;
  bool differ = false;
  for (recipe.seed = 0; recipe.seed < 8; ++recipe.seed) {
    recipe.accumulate = 2;
    const auto both = weights_of(train(recipe, {.threads = 1}));
    recipe.accumulate = 1;
    recipe.epochs = 1;
    Recipe single = recipe;
    single.data = in_memory({2}, {1, 1}, {1});
    differ = differ || both != weights_of(train(single, {.threads = 1}));
  }
  EXPECT_TRUE(differ);
}

TEST(Accumulate, GivesTheSameBytesOnAnyThreadsAndAfterAResume) {
  Recipe recipe = clouds_recipe();
  recipe.accumulate = 2;
  recipe.batch = 20;  // six batches an epoch
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(weights_of(train(recipe, {.threads = 3})), weights_of(run));
  for (const Size stop : {1, 2, 5}) {
    const TemporaryFolder place;
    Watch watch(stop);
    const std::filesystem::path folder = place.path() + "/run";
    train(recipe, {.folder = folder, .threads = 1, .callbacks = {&watch}});
    const auto resumed = train(recipe, {.folder = folder, .resume = true, .threads = 1});
    EXPECT_EQ(weights_of(resumed), weights_of(run)) << "stopped after step " << stop;
  }
}

}  // namespace goodfit
