#include "goodfit/train/trainer/feed.hpp"

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Recipe mixing_recipe() {
  Recipe recipe = clouds_recipe();
  recipe.transforms = {Mixup{.alpha = 1}};
  return recipe;
}

}  // namespace

TEST(Feed, LabelsBecomeSharesWhereSamplesAreMixed) {
  const Samples samples = clouds(4);
  const Portion portion = whole(samples);
  const std::vector<Transform> none;
  Feed feed(portion, none, 1, 3);
  std::vector<float> features(6), targets(9);
  feed.fill(std::vector<Size>{2, 0, 1}, 0, features, targets);
  EXPECT_EQ(targets, (Floats{0, 0, 1, 1, 0, 0, 0, 1, 0}));
  EXPECT_EQ(features[0], samples.features[4]);
}

TEST(Feed, EveryBatchAndEveryTransformHasChanceOfItsOwn) {
  const Samples samples = clouds(32);
  const Portion portion = whole(samples);
  const std::vector<Transform> twice{Mixup{.alpha = 1}, Mixup{.alpha = 1}};
  const auto filled = [&](std::size_t transforms, Size batch) {
    const std::vector<Transform> some(twice.begin(), twice.begin() + std::ptrdiff_t(transforms));
    Feed feed(portion, some, 1, 3);
    std::vector<float> features(64), targets(96);
    feed.fill(portion.rows, batch, features, targets);
    return targets;
  };
  EXPECT_EQ(filled(1, 5), filled(1, 5));
  EXPECT_NE(filled(1, 5), filled(1, 6));
  int shared = 0;  // mixed twice with the same chance there would be fewer with three parts
  for (const float share : filled(2, 5)) shared += share > 0 && share < 1;
  EXPECT_GT(shared, 32);
}

TEST(Feed, TrainingOnBlendsLearnsAndIsScoredOnTheSamplesThemselves) {
  Recipe recipe = mixing_recipe();
  recipe.epochs = 20;
  const auto run = train(recipe, {.threads = 1});
  EXPECT_GT(run.best_scores.back().second, 0.8);
}

TEST(Feed, BlendsAreTheSameAfterAResume) {
  const TemporaryFolder place;
  const Recipe recipe = mixing_recipe();
  const auto at = [&](const char* name, Size stop, bool resume) {
    Watch watch(stop);
    const std::string folder = place.path() + "/" + name;
    return train(recipe, {.folder = folder, .resume = resume, .threads = 1, .callbacks = {&watch}});
  };
  const auto run = at("whole", -1, false);
  at("torn", 6, false);
  EXPECT_EQ(weights_of(at("torn", -1, true)), weights_of(run));
}

TEST(Feed, OnlyALossThatTakesSharesGetsThem) {
  Recipe recipe = mixing_recipe();
  recipe.loss = Hinge{};
  expect_error([&] { train(recipe, {.threads = 1}); },
               "transforms: mixup makes shares of classes, which hinge does not take; take "
               "cross_entropy");
}

TEST(Feed, NumbersAreMixedAsTheyAre) {
  Recipe recipe = mixing_recipe();
  recipe.loss = Mse{};
  recipe.model.back() = Dense{.out = 1};
  EXPECT_EQ(train(recipe, {.threads = 1}).ending, Ending::finished);
}

}  // namespace goodfit
