// What outputs mean, from the loss to what a run tells of them.
#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// Points whose targets say something of their signs.
Samples points(Size target_width, float (*target)(float a, float b, Size i)) {
  Random random(5, stream_of("points"));
  Samples samples{.shape = {2}, .target_width = target_width};
  for (int row = 0; row < 300; ++row) {
    const float a = float(random.normal()), b = float(random.normal());
    samples.features.insert(samples.features.end(), {a, b});
    for (Size i = 0; i < target_width; ++i) samples.targets.push_back(target(a, b, i));
  }
  return samples;
}

Recipe recipe_of(const Samples& samples, Loss loss, Size out) {
  Recipe recipe;
  recipe.data = in_memory({.train = samples});
  recipe.model = {Dense{.out = 16}, Tanh{}, Dense{.out = out}};
  recipe.loss = std::move(loss);
  recipe.optimizer = Adam{};
  recipe.lr = Cosine{.max = 0.03};
  recipe.batch = 32;
  recipe.epochs = 30;
  recipe.split = {.validation = 0.2};
  return recipe;
}

float sign(float a, float, Size) { return a > 0 ? 1.0f : 0.0f; }

}  // namespace

TEST(Meaning, OfBceIsTheProbabilityOfTheSecondClass) {
  const Samples samples = points(1, sign);
  const auto run = train(recipe_of(samples, Bce{}, 1), {.threads = 1});
  EXPECT_EQ(run.signature().classes, (Names{"0", "1"}));
  EXPECT_GT(run.best("accuracy"), 0.95);
  const Floats p = run.predict(samples, 1);
  ASSERT_EQ(p.size(), 300u);
  double sure = 0;
  for (std::size_t i = 0; i < 300; ++i) {
    EXPECT_TRUE(p[i] >= 0 && p[i] <= 1);
    sure += double(samples.targets[i] > 0.5f ? p[i] : 1 - p[i]) / 300;
  }
  EXPECT_GT(sure, 0.9);
}

TEST(Meaning, OfBceWithManyLabelsIsAProbabilityOfEach) {
  const Samples samples =
      points(2, [](float a, float b, Size i) { return float((i == 0 ? a : b) > 0); });
  const auto run = train(recipe_of(samples, Bce{}, 2), {.threads = 1});
  EXPECT_TRUE(metrics_of(run.recipe(), 2).empty());  // an object has no one class
  const Floats p = run.predict(samples, 1);
  double sure = 0;
  for (std::size_t i = 0; i < 600; ++i)
    sure += double(samples.targets[i] > 0.5f ? p[i] : 1 - p[i]) / 600;
  EXPECT_GT(sure, 0.9);
}

TEST(Meaning, OfHingeIsTheScoreOfEachClass) {
  const Samples samples = points(1, sign);
  const auto run = train(recipe_of(samples, Hinge{}, 2), {.threads = 1});
  EXPECT_GT(run.best("accuracy"), 0.95);
  const Floats s = run.predict(samples, 1);
  bool beyond = false;  // no probabilities
  for (const float x : s) beyond = beyond || x < 0 || x > 1;
  EXPECT_TRUE(beyond);
}

TEST(Meaning, OfKlIsTheShareOfEachClass) {
  const Samples samples = points(2, [](float a, float, Size i) {
    const float p = 1 / (1 + std::exp(-2 * a));
    return i == 0 ? p : 1 - p;
  });
  const auto run = train(recipe_of(samples, Kl{}, 2), {.threads = 1});
  EXPECT_LT(run.best("loss"), 0.02);
  const Floats p = run.predict(samples, 1);
  double apart = 0;
  for (std::size_t i = 0; i < 600; ++i)
    apart += std::abs(double(p[i]) - double(samples.targets[i])) / 600;
  EXPECT_LT(apart, 0.05);
}

TEST(Meaning, OfGaussianNllIsTheMeanAndTheDeviation) {
  // y = a ± 2 where b > 0, a ± ½ elsewhere.
  const Samples samples = points(1, [](float a, float b, Size) {
    const bool up = std::fmod(std::abs(a) * 1000, 2.0f) < 1;
    return a + (b > 0 ? 2.0f : 0.5f) * (up ? 1.0f : -1.0f);
  });
  const auto run = train(recipe_of(samples, GaussianNll{}, 2), {.threads = 1});
  const Floats said = run.predict(Samples{.shape = {2}, .features = {0, 1, 0, -1}}, 1);
  EXPECT_NEAR(said[1], 2, 0.7);
  EXPECT_NEAR(said[3], 0.5, 0.3);
  // Metrics compare the means with the targets, and those alone.
  const Floats all = run.predict(samples, 1);
  double squares = 0;
  for (std::size_t i = 0; i < 300; ++i)
    squares += std::pow(double(all[2 * i]) - double(samples.targets[i]), 2) / 300;
  const Scores scores = run.evaluate(samples, 1);
  EXPECT_EQ(scores[1].first, "rmse");
  EXPECT_NEAR(scores[1].second, std::sqrt(squares), 1e-4);
}

TEST(Meaning, OfGaussianNllGivesIntervalsThatMetricsCheck) {
  const Samples samples =
      points(2, [](float a, float b, Size i) { return i == 0 ? a : b + std::sin(1e3f * a); });
  Recipe recipe = recipe_of(samples, GaussianNll{}, 4);
  recipe.metrics = {Coverage{.level = 0.5}, IntervalWidth{.level = 0.5}};
  const auto run = train(recipe, {.threads = 1});
  const Floats said = run.predict(samples, 1);  // two means, two deviations
  double inside = 0, width = 0;
  for (std::size_t i = 0; i < 600; ++i) {
    const std::size_t mean = i / 2 * 4 + i % 2;
    const double reach = 0.67448975 * double(said[mean + 2]);
    inside += double(std::abs(double(said[mean]) - double(samples.targets[i])) <= reach) / 600;
    width += 2 * reach / 600;
  }
  const Scores scores = run.evaluate(samples, 1);
  EXPECT_EQ(scores[1].first, "coverage");
  EXPECT_NEAR(scores[1].second, inside, 1e-9);
  EXPECT_NEAR(scores[2].second, width, 1e-6);
  EXPECT_GT(scores[1].second, 0.3);
  EXPECT_LT(scores[1].second, 0.8);
}

TEST(Meaning, OfANumberHasNoIntervals) {
  Recipe recipe = recipe_of(points(1, sign), Mse{}, 1);
  recipe.metrics = {Rmse{}, Coverage{}};
  expect_error([&] { train(recipe, {.threads = 1}); },
               "metrics: coverage needs a model that tells its noise, which one for mse does not; "
               "take the loss gaussian_nll");
}

TEST(Meaning, OfClassesIsWhichAreTakenForWhich) {
  const Samples samples = points(1, sign);
  for (const auto& [loss, out] : {std::pair{Loss(CrossEntropy{}), 2}, {Loss(Bce{}), 1}}) {
    const auto run = train(recipe_of(samples, loss, out), {.threads = 1});
    const Confusion confusion = run.confusion(samples, 1);
    EXPECT_EQ(confusion.samples_of(0) + confusion.samples_of(1), 300);
    EXPECT_NEAR(double(confusion.at(0, 0) + confusion.at(1, 1)) / 300,
                run.evaluate(samples, 1)[1].second, 1e-12);
  }
  const Samples labels = points(2, [](float a, float b, Size i) { return i == 0 ? a : b; });
  expect_error([&] { train(recipe_of(labels, Mse{}, 2), {.threads = 1}).confusion(labels); },
               "a confusion matrix is for classes, which the outputs for mse are not");
  const Samples two = points(2, [](float a, float, Size) { return float(a > 0); });
  expect_error([&] { train(recipe_of(two, Bce{}, 2), {.threads = 1}).confusion(two); },
               "a confusion matrix is for one class per sample, not for 2 times yes or no");
}

TEST(Meaning, OfLogProbabilitiesIsTheProbability) {
  const Samples samples = points(1, sign);
  Recipe recipe = recipe_of(samples, CrossEntropy{}, 2);
  recipe.epochs = 1;
  const auto trained = train(recipe, {.threads = 1});
  Recipe told = recipe;
  told.loss = Nll{};
  const goodfit::Run other(told, trained.signature(), std::make_shared<Store>(trained.weights()));
  EXPECT_EQ(other.predict(samples, 1), trained.predict(samples, 1));
}

TEST(Meaning, OfProbabilitiesIsWhatSomeMetricsNeed) {
  Recipe recipe = recipe_of(points(1, sign), Hinge{}, 2);
  recipe.metrics = {Accuracy{}, LogLoss{}};
  expect_error([&] { train(recipe, {.threads = 1}); },
               "metrics: log_loss needs probabilities, which the outputs for hinge are not");
  recipe.metrics = {Accuracy{}, Auroc{}, Recall{}};
  EXPECT_GT(train(recipe, {.threads = 1}).best("auroc"), 0.95);
  recipe = recipe_of(points(1, sign), Bce{}, 1);
  recipe.metrics = {LogLoss{}, Brier{}, Ece{}};
  const auto run = train(recipe, {.threads = 1});
  EXPECT_NEAR(run.best("log_loss"), run.best("loss"), 1e-6);
  EXPECT_LT(run.best("brier"), 0.1);
}

TEST(Meaning, RefusesOutputsThatTheLossCannotTake) {
  const Samples two = points(1, sign);
  expect_error([&] { train(recipe_of(two, Bce{}, 2)); },
               "model: its outputs have shape [2], but bce wants 1 for 1 target; end it with "
               "dense, out = 1");
  expect_error([&] { train(recipe_of(two, GaussianNll{}, 1)); },
               "its outputs have shape [1], but gaussian_nll wants 2 for 1 target");
  expect_error([&] { train(recipe_of(two, Hinge{}, 3)); },
               "its outputs have shape [3], but the targets are 2 classes");
  Samples three = two;
  three.targets[0] = 2;
  expect_error([&] { train(recipe_of(three, Bce{}, 1)); },
               "loss: bce is for two classes, but the targets are 3; take cross_entropy");
  Samples soft = two;
  soft.targets[0] = 0.5f;
  expect_error([&] { train(recipe_of(soft, Bce{}, 1)); }, "the label 0.5 of sample 0");
}

}  // namespace goodfit
