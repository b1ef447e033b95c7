#include "goodfit/train/trainer/statistics.hpp"

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// One norm right behind the input, so that its statistics are those of the data.
Recipe recipe_of(const Samples& samples) {
  Data data;
  data.train = samples;
  data.classes = {"a", "b", "c"};
  Recipe recipe = clouds_recipe();
  recipe.data = in_memory(std::move(data));
  recipe.model = {BatchNorm{.momentum = 0.3}, Dense{.out = 3}};
  recipe.split = {.validation = 0};
  recipe.batch = 50;
  recipe.epochs = 1;
  return recipe;
}

}  // namespace

TEST(Statistics, AreTheMeansOverAllFullBatches) {
  const Samples samples = clouds(150);
  Recipe recipe = recipe_of(samples);
  recipe.statistics = "recomputed";
  const auto run = train(recipe, {.threads = 1});
  std::array<double, 2> mean{}, square{};
  for (std::size_t i = 0; i < samples.features.size(); ++i) {
    mean[i % 2] += double(samples.features[i]) / 150;
    square[i % 2] += std::pow(double(samples.features[i]), 2) / 150;
  }
  for (std::size_t j = 0; j < 2; ++j) {
    EXPECT_NEAR(run.weights().at("layers.0.running_mean")[j], mean[j], 1e-6);
    // the variances of batches leave out how their means differ
    EXPECT_NEAR(run.weights().at("layers.0.running_var")[j], square[j] - mean[j] * mean[j], 0.03);
  }
  recipe.statistics = "running";
  const auto running = train(recipe, {.threads = 1});
  const double found = running.weights().at("layers.0.running_var")[0];
  EXPECT_GT(std::abs(found - (square[0] - mean[0] * mean[0])), 0.06) << "three steps from 1";
}

TEST(Statistics, DoNotDisturbTraining) {
  Recipe recipe = clouds_recipe();
  const auto running = train(recipe, {.threads = 1});
  recipe.statistics = "recomputed";
  const auto recomputed = train(recipe, {.threads = 1});
  for (std::size_t epoch = 0; epoch < 4; ++epoch) {
    EXPECT_EQ(recomputed.history[epoch].train_loss, running.history[epoch].train_loss);
    EXPECT_NE(recomputed.history[epoch].validation, running.history[epoch].validation);
  }
}

TEST(Statistics, OfAveragedWeightsAreTheirOwn) {
  // With an average that stays where the first step was, running statistics would be of other
  // weights.
  Recipe recipe = clouds_recipe();
  recipe.split = {.validation = 0};
  recipe.optimizer = Ema{.optimizer = Adam{}, .decay = 0.9999};
  const auto run = train(recipe, {.threads = 1});
  Store store;
  Signature signature = run.signature();
  Threads threads(1);
  Network network(recipe, signature, Mode::train, 32, store, threads);
  std::copy(run.weights().all().begin(), run.weights().all().end(), store.all().begin());
  const Samples samples = split_of(run, "train");
  recompute_statistics(network, whole(samples), store, 77);
  const ConstSpan theirs = run.weights().at("layers.2.running_var");
  const ConstSpan ours = std::as_const(store).at("layers.2.running_var");
  for (std::size_t i = 0; i < ours.size(); ++i) EXPECT_NEAR(theirs[i], ours[i], 0.12 * ours[i]);
}

TEST(Statistics, WithAMomentumOfZeroStayAsTheyAre) {
  Recipe recipe = recipe_of(clouds(150));
  recipe.model[0] = BatchNorm{.momentum = 0};
  recipe.statistics = "recomputed";
  EXPECT_EQ(train(recipe, {.threads = 1}).weights().at("layers.0.running_var")[0], 1);
}

}  // namespace goodfit
