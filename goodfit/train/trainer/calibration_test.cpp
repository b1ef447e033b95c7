#include "goodfit/train/trainer/calibration.hpp"

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// Numbers, or whole ones below 5, of any shape, in three classes.
InMemory samples_of(const Shape& shape, bool ids = false) {
  Random random(3, stream_of("samples"));
  Data data;
  data.train.shape = shape;
  for (Size i = 0; i < 90 * shape.count(); ++i)
    data.train.features.push_back(ids ? float(random.below(5)) : float(2 * random.normal() + 1));
  for (Size i = 0; i < 90; ++i) data.train.targets.push_back(float(i % 3));
  data.classes = {"a", "b", "c"};
  return in_memory(std::move(data));
}

Recipe recipe_of(const Shape& shape, std::vector<Layer> model, const Initializer& init = Lsuv{}) {
  return {.data = samples_of(shape),
          .model = std::move(model),
          .init = init,
          .batch = 64,
          .seed = 5,
          .split = {.validation = 0}};
}

struct Begun {
  Store store;
  std::map<std::string, double> variance;  // of what leaves each layer, in the first step
};

Begun calibrated(const Recipe& recipe) {
  Begun made;
  const Data data = recipe.data->load(wanted_by(recipe));
  const Portion train = whole(data.train);
  Threads threads(1);
  Graph graph(recipe.batch);
  Net net(graph, made.store, Mode::train, recipe.seed, {recipe.init, recipe.bias_init});
  std::vector<std::pair<std::string, Id>> passed;
  net.watch = [&](const std::string& scope, const Layer&, Value, Value out) {
    passed.emplace_back(scope, out.id);
  };
  build_sequence(net, "layers", recipe.model, graph.input(data.train.shape, "input"));
  fit_buffers(net.fits(), train, made.store);
  calibrate(recipe, train, made.store, threads);

  std::vector<Id> roots;
  for (const auto& [_, id] : passed) roots.push_back(id);
  Store copy = made.store;  // running statistics move
  const Plan plan = make_plan(graph, roots);
  Executor executor(plan, copy, threads);
  std::vector<float> targets(std::size_t(recipe.batch));
  const std::vector<Size> order = order_of(recipe, train, 0);
  train.gather(std::span(order).first(targets.size()), executor.input("input"), targets);
  executor.run(recipe.batch, recipe.seed, 0);
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const ConstSpan y = std::as_const(executor).root(i);
    double sum = 0, squares = 0;
    for (const float x : y) sum += x, squares += double(x) * x;
    const double mean = sum / double(y.size());
    made.variance[passed[i].first] = squares / double(y.size()) - mean * mean;
  }
  return made;
}

std::vector<float> tensor(const Store& store, const std::string& name) {
  const ConstSpan w = store.at(name);
  return {w.begin(), w.end()};
}

}  // namespace

TEST(Calibration, SetsTheVarianceBehindEveryWeightHoweverNested) {
  const Layer convolution = Conv2d{.out = 6, .padding = "same"};
  const Recipe recipe =
      recipe_of({8, 8, 1}, {convolution, Relu{}, Residual{{Sigmoid{}, convolution}}, MaxPool{},
                            Branches{{{convolution}, {convolution, Tanh{}, convolution}}},
                            Dropout{}, Flatten{}, Dense{.out = 3}});
  const Begun made = calibrated(recipe);
  int weights = 0;
  for (const Stored& stored : made.store.tensors())
    if (stored.name.ends_with(".weight")) {
      const std::string scope = stored.name.substr(0, stored.name.size() - 7);
      EXPECT_NEAR(made.variance.at(scope), 1, 1e-3) << scope;
      ++weights;
    }
  EXPECT_EQ(weights, 6);
}

TEST(Calibration, SetsItForSequences) {
  const Begun made =
      calibrated(recipe_of({6, 4}, {Attention{.heads = 2, .init = Lsuv{}},
                                    Lstm{.hidden = 5, .init = Lsuv{}}, Dense{.out = 3}}));
  EXPECT_NEAR(made.variance.at("layers.0"), 1, 1e-3);
  EXPECT_NEAR(made.variance.at("layers.2"), 1, 1e-3);
  Recipe texts =
      recipe_of({6}, {Embedding{.num = 5, .dim = 4, .init = Lsuv{}}, Flatten{}, Dense{.out = 3}});
  texts.data = samples_of({6}, true);
  EXPECT_NEAR(calibrated(texts).variance.at("layers.0"), 1, 1e-3);
}

TEST(Calibration, KnowsWhatAWeightIsMadeOf) {
  const Begun made = calibrated(
      recipe_of({7}, {Dense{.out = 9, .parametrizations = {WeightNorm{}}}, Tanh{},
                      Dense{.out = 3, .parametrizations = {WeightNorm{}, DropConnect{}}}}));
  EXPECT_NEAR(made.variance.at("layers.0"), 1, 1e-3);
  EXPECT_NEAR(made.variance.at("layers.2"), 1, 1e-3);
}

TEST(Calibration, LeavesWeightsOrthogonalWhoseSizeDoesNotRuleTheOutputs) {
  const std::vector<Layer> model{Dense{.out = 9, .parametrizations = {WeightStandardization{}}},
                                 Tanh{},
                                 Dense{.out = 8, .parametrizations = {SpectralNorm{}}},
                                 Reshape{.shape = {4, 2}},
                                 Lstm{.hidden = 5, .recurrent_init = Lsuv{}},
                                 Dense{.out = 3}};
  const Begun made = calibrated(recipe_of({7}, model)),
              orthogonal = calibrated(recipe_of({7}, model, Orthogonal{}));
  for (const Stored& stored : made.store.tensors())
    if (stored.name != "layers.5.weight") {
      EXPECT_EQ(tensor(made.store, stored.name), tensor(orthogonal.store, stored.name))
          << stored.name;
    }
  EXPECT_NEAR(made.variance.at("layers.5"), 1, 1e-3);
}

TEST(Calibration, LeavesWeightsAloneThatAreNearEnoughOrSeeNothing) {
  const std::vector<Layer> model{Dense{.out = 9}, Tanh{}, Dense{.out = 3}};
  EXPECT_EQ(
      tensor(calibrated(recipe_of({7}, model, Lsuv{.tolerance = 1e9})).store, "layers.0.weight"),
      tensor(calibrated(recipe_of({7}, model, Orthogonal{})).store, "layers.0.weight"));
  const Begun dead =
      calibrated(recipe_of({7}, {Dense{.out = 9, .init = Zeros{}}, Relu{}, Dense{.out = 3}}));
  EXPECT_EQ(dead.variance.at("layers.2"), 0);
  for (const float w : dead.store.at("layers.2.weight")) EXPECT_TRUE(std::isfinite(w));
}

TEST(Calibration, SeesStandardizedInputsAndLeavesNoTraceInRunningStatistics) {
  const Begun made = calibrated(
      recipe_of({7}, {Standardize{}, Dense{.out = 9}, BatchNorm{}, Relu{}, Dense{.out = 3}}));
  EXPECT_NEAR(made.variance.at("layers.1"), 1, 1e-3);
  for (const float mean : made.store.at("layers.2.running_mean")) EXPECT_EQ(mean, 0);
}

TEST(Calibration, IsNotForBiases) {
  Recipe recipe = recipe_of({7}, {Dense{.out = 3}});
  recipe.bias_init = Lsuv{};
  expect_error([&] { train(recipe); }, "lsuv is for weights and cannot fill \"bias\"");
}

TEST(Calibration, GivesTheSameBytesOnAnyThreads) {
  Recipe recipe =
      recipe_of({40}, {Dense{.out = 160}, Relu{}, Dense{.out = 160}, Tanh{}, Dense{.out = 3}});
  recipe.epochs = 1;
  const auto one = train(recipe, {.threads = 1});
  EXPECT_EQ(weights_of(train(recipe, {.threads = 3})), weights_of(one));
  recipe.init = Orthogonal{};
  EXPECT_NE(weights_of(train(recipe, {.threads = 1})), weights_of(one));
}

TEST(Calibration, IsNotDoneAgainByAResume) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  recipe.init = Lsuv{};
  const auto run = train(recipe, {.threads = 1});
  Watch watch(2);
  train(recipe, {.folder = place.path() + "/run", .threads = 1, .callbacks = {&watch}});
  EXPECT_EQ(
      weights_of(train(recipe, {.folder = place.path() + "/run", .resume = true, .threads = 1})),
      weights_of(run));
}

}  // namespace goodfit
