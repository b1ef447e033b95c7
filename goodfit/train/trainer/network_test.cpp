#include "goodfit/train/trainer/network.hpp"

#include "goodfit/parts/metrics/mae.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Samples three_rows() {  // the second feature never changes
  return {.shape = {2}, .features = {1, 5, 3, 5, 8, 5}, .targets = {0, 1, 2}};
}

}  // namespace

TEST(FirstValues, OfTheRecipeGoWhereALayerSaysNothing) {
  Recipe recipe = clouds_recipe();
  recipe.lr = 0.0;
  recipe.optimizer = Sgd{};
  recipe.epochs = 1;
  recipe.init = Constant{.value = 2};
  recipe.bias_init = Constant{.value = 3};
  recipe.model = {Dense{.out = 4}, Residual{{LayerNorm{}, Dense{.out = 4, .init = Ones{}}}},
                  Dense{.out = 3, .bias_init = Ones{}}};
  const Weights w = named(recipe);
  const auto all = [](const std::vector<float>& tensor, float value) {
    return std::all_of(tensor.begin(), tensor.end(), [&](float x) { return x == value; });
  };
  EXPECT_TRUE(all(w.at("layers.0.weight"), 2) && all(w.at("layers.0.bias"), 3));
  EXPECT_TRUE(all(w.at("layers.1.body.0.weight"), 1) && all(w.at("layers.1.body.0.bias"), 0));
  EXPECT_TRUE(all(w.at("layers.1.body.1.weight"), 1) && all(w.at("layers.1.body.1.bias"), 3));
  EXPECT_TRUE(all(w.at("layers.2.weight"), 2) && all(w.at("layers.2.bias"), 1));
}

TEST(FirstValues, TorchForAllIsTorchForEach) {
  Recipe recipe = clouds_recipe(), same = recipe;
  recipe.init = recipe.bias_init = Torch{};
  recipe.model = {Dense{.out = 8}, Tanh{}, Dense{.out = 3}};
  const Initializer torch = Torch{};
  same.model = {Dense{.out = 8, .init = torch, .bias_init = torch}, Tanh{},
                Dense{.out = 3, .init = torch, .bias_init = torch}};
  EXPECT_EQ(named(recipe), named(same));
}

TEST(Network, ThatOnlyPredictsPlansNoLoss) {
  const Recipe recipe = clouds_recipe();
  const auto run = train(recipe, {.threads = 1});
  Threads threads(1);
  const auto network = [&](bool judged) {
    Signature signature = run.signature();
    Store weights = run.weights();
    const Network one(recipe, signature, Mode::evaluate, 8, weights, threads, {}, judged);
    return one.plan().text();
  };
  EXPECT_NE(network(true).find("cross_entropy"), std::string::npos);
  EXPECT_EQ(network(false).find("cross_entropy"), std::string::npos) << network(false);
}

TEST(Network, FallsIntoShardsByTheWorkOfItsModel) {
  Threads threads(1);
  const auto shard_rows = [&](Size width, Size wanted = 0) {
    Recipe recipe = clouds_recipe();
    recipe.model = {Dense{.out = width}, Dense{.out = width}, Dense{.out = 3}};
    Signature signature;
    signature.sample = {2};
    signature.classes = {"a", "b", "c"};
    Store weights;
    const Network one(recipe, signature, Mode::train, 32, weights, threads, {}, true, wanted);
    return one.plan().graph().shard_rows();
  };
  EXPECT_EQ(shard_rows(16), 32);
  EXPECT_EQ(shard_rows(256), 8);
  EXPECT_EQ(shard_rows(256, 16), 16);
}

TEST(FitBuffers, TakesMeanAndDeviationOfEachFeature) {
  const Samples samples = three_rows();
  Store store;
  store.add("mean", {2}, false);
  store.add("std", {2}, false);
  fit_buffers({{"mean", "std", true}}, whole(samples), store);
  EXPECT_FLOAT_EQ(store.at("mean")[0], 4);
  EXPECT_FLOAT_EQ(store.at("std")[0], float(std::sqrt(26.0 / 3)));
  EXPECT_EQ(store.at("mean")[1], 5);
  EXPECT_EQ(store.at("std")[1], 1) << "a feature that never changes";
}

TEST(FitBuffers, TakesOneMeanForAll) {
  const Samples samples = three_rows();
  Store store;
  store.add("mean", {2}, false);
  store.add("std", {2}, false);
  fit_buffers({{"mean", "std", false}}, whole(samples), store);
  for (const float mean : store.at("mean")) EXPECT_FLOAT_EQ(mean, 4.5);
  const double squares = 3.5 * 3.5 + 1.5 * 1.5 + 3.5 * 3.5 + 3 * 0.25;
  for (const float deviation : store.at("std"))
    EXPECT_FLOAT_EQ(deviation, float(std::sqrt(squares / 6)));
}

TEST(FitBuffers, LooksAtTheGivenRowsAlone) {
  const Samples samples = three_rows();
  Store store;
  store.add("mean", {2}, false);
  store.add("std", {2}, false);
  fit_buffers({{"mean", "std", true}}, {&samples, {0, 1}}, store);
  EXPECT_EQ(store.at("mean")[0], 2);
  EXPECT_EQ(store.at("std")[0], 1);
}

TEST(FitBuffers, StandsFarMeans) {
  Samples samples{.shape = {1}};
  for (int i = 0; i < 1000; ++i) {
    samples.features.push_back(i % 2 ? 1e6f : 1e6f + 1);
    samples.targets.push_back(0);
  }
  Store store;
  store.add("mean", {1}, false);
  store.add("std", {1}, false);
  fit_buffers({{"mean", "std", true}}, whole(samples), store);
  EXPECT_FLOAT_EQ(store.at("std")[0], 0.5);
}

TEST(FitBuffers, ConstantFeaturesGiveZerosAndNotNaN) {
  Recipe recipe = clouds_recipe();
  Data data{.train = clouds(60), .classes = {"a", "b", "c"}};
  for (std::size_t i = 0; i < data.train.features.size(); i += 2) data.train.features[i] = 0.1f;
  recipe.data = in_memory(data);
  recipe.batch = 16;
  const auto run = train(recipe, {.threads = 1});
  EXPECT_EQ(run.weights().at("layers.0.std")[0], 1);
  for (const float p : run.predict(data.train, 1)) EXPECT_TRUE(std::isfinite(p));
}

TEST(FitBuffers, SeesTheTrainingSamplesAlone) {
  Recipe recipe = clouds_recipe();
  recipe.split = {.validation = 0.3, .test = 0.2};
  const auto run = train(recipe, {.threads = 1});
  double sum = 0;
  const Samples trained = split_of(run, "train");
  for (std::size_t i = 0; i < trained.features.size(); i += 2) sum += trained.features[i];
  EXPECT_FLOAT_EQ(run.weights().at("layers.0.mean")[0], float(sum / double(trained.count())));
}

TEST(Score, WeighsSamplesAndNotBatches) {
  // 300 samples are scored in batches of 256 and 44.
  Recipe recipe = clouds_recipe();
  const auto run = train(recipe, {.threads = 1});
  const Samples all = clouds(300, 5);
  double loss = 0, right = 0;
  for (Size i = 0; i < 300; ++i) {
    const Samples one{
        .shape = {2},
        .features = {all.features[std::size_t(2 * i)], all.features[std::size_t(2 * i + 1)]},
        .targets = {all.targets[std::size_t(i)]}};
    const Scores scores = run.evaluate(one, 1);
    loss += scores[0].second / 300;
    right += scores[1].second / 300;
  }
  const Scores scores = run.evaluate(all, 1);
  EXPECT_NEAR(scores[0].second, loss, 1e-5);
  EXPECT_NEAR(scores[1].second, right, 1e-9);
}

TEST(Metrics, AreTheUsualOnesOfTheLoss) {
  Recipe recipe = clouds_recipe();
  EXPECT_EQ(metrics_of(recipe, 1).at(0).key(), "accuracy");
  recipe.loss = Mse{};
  EXPECT_EQ(metrics_of(recipe, 1).at(0).key(), "rmse");
  recipe.metrics = {MaeMetric{}};
  EXPECT_EQ(metrics_of(recipe, 1).size(), 1u);
}

}  // namespace goodfit
