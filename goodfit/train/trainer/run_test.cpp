#include "goodfit/train/trainer/run.hpp"

#include <numeric>
#include <set>

#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

class ARun : public testing::Test {
 protected:
  void SetUp() override { train(clouds_recipe(), {.folder = folder(), .threads = 1}); }
  std::filesystem::path folder() const { return place_.path() + "/run"; }
  void expect_refused(const std::string& because) {
    expect_error([&] { load_run(folder()); }, because);
  }
  // Writes the model again, changed.
  template <class Change>
  void damage(Change change) {
    TensorFile file = read_safetensors(read_file(folder() / "model.safetensors"), "model");
    change(file);
    write_safetensors(folder() / "model.safetensors", file);
  }

 private:
  TemporaryFolder place_;
};

TEST_F(ARun, IsFoundAgainInItsFolder) {
  const auto again = train(clouds_recipe(), {.threads = 1});
  const auto run = load_run(folder());
  EXPECT_EQ(weights_of(run), weights_of(again));
  EXPECT_EQ(run.epochs, 4);
  EXPECT_EQ(run.best_epoch, again.best_epoch);
  EXPECT_EQ(run.best_scores, again.best_scores);
  EXPECT_EQ(run.signature().classes, (Names{"a", "b", "c"}));
  EXPECT_EQ(run.predict(clouds(20), 1), again.predict(clouds(20), 1));
}

TEST_F(ARun, PredictsProbabilitiesOfEverySample) {
  const auto run = load_run(folder());
  const Samples all = clouds(300, 5);  // more than one batch
  const Floats p = run.predict(all, 1);
  ASSERT_EQ(p.size(), 900u);
  double right = 0;
  for (std::size_t i = 0; i < 300; ++i) {
    EXPECT_NEAR(std::accumulate(&p[3 * i], &p[3 * i] + 3, 0.0), 1, 1e-6);
    right += double(std::max_element(&p[3 * i], &p[3 * i] + 3) - &p[3 * i] == all.targets[i]) / 300;
  }
  EXPECT_NEAR(right, run.evaluate(all, 1)[1].second, 1e-9);
  EXPECT_EQ(run.predict(all, 2), p);
}

TEST_F(ARun, SamplesWithDropoutAndNeedsTheSameInputsInEveryPass) {
  const auto run = load_run(folder());
  const Samples all = clouds(300, 5);
  const Size passes = 400;
  const Floats p = run.sample(all, passes, 1, 1);
  ASSERT_EQ(p.size(), std::size_t(passes * 900));
  EXPECT_FALSE(std::equal(p.begin(), p.begin() + 900, p.begin() + 900));
  EXPECT_EQ(run.sample(all, 3, 1, 2), Floats(run.sample(all, 3, 1, 1)));
  EXPECT_NE(run.sample(all, 3, 2, 1), Floats(run.sample(all, 3, 1, 1)));
  // The mean of early passes and of late ones is of the same samples.
  for (std::size_t i = 0; i < 900; i += 101) {
    double early = 0, late = 0;
    for (std::size_t pass = 0; pass < 200; ++pass) {
      early += p[pass * 900 + i] / 200;
      late += p[(pass + 200) * 900 + i] / 200;
    }
    EXPECT_NEAR(early, late, 0.1) << "number " << i;
  }
}

TEST_F(ARun, GivesTheSameInEveryPassWithoutDropout) {
  Recipe recipe = clouds_recipe();
  recipe.model = {Standardize{}, Dense{.out = 40}, Tanh{}, Dense{.out = 3}};
  const auto run = train(recipe, {.threads = 1});
  const Samples all = clouds(300, 5);
  const Floats p = run.sample(all, 3, 1, 1), q = run.predict(all, 1);
  for (std::size_t pass = 0; pass < 3; ++pass)
    EXPECT_TRUE(std::equal(q.begin(), q.end(), p.begin() + long(pass * 900))) << pass;
}

// Passes run many at a time behind a part that is done once; a pass has the numbers that it would
// have alone, where nothing is shared.
TEST_F(ARun, SamplesAsAPlainLoopOverPassesDoes) {
  const auto run = load_run(folder());
  const Samples one = clouds(1, 5);
  Recipe recipe = clouds_recipe();
  Signature signature = run.signature();
  Store weights = run.weights();
  Threads threads(1);
  Network network(recipe, signature, Mode::sample, 1, weights, threads);
  std::copy(one.features.begin(), one.features.end(), network.input().begin());
  const Floats p = run.sample(one, 700, 1, 2);  // more than one batch
  for (std::size_t pass = 0; pass < 700; ++pass) {
    network.run(1, 1, 0, {}, {}, Size(pass));
    const ConstSpan y = std::as_const(network).outputs();
    EXPECT_NEAR(std::log(p[3 * pass] / p[3 * pass + 1]), y[0] - y[1], 1e-4) << pass;
  }
}

TEST_F(ARun, DropsWeightsAnewInEachPassAndAlikeForAllSamples) {
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 3, .parametrizations = {DropConnect{}}}};
  recipe.epochs = 1;
  const auto run = train(recipe, {.threads = 1});
  Samples twice = clouds(1, 5);
  twice.features.insert(twice.features.end(), {twice.features[0], twice.features[1]});
  const Floats p = run.sample(twice, 50, 1, 1);
  std::set<float> found;
  for (std::size_t pass = 0; pass < 50; ++pass) {
    EXPECT_EQ(p[6 * pass], p[6 * pass + 3]) << pass;
    found.insert(p[6 * pass]);
  }
  EXPECT_GT(found.size(), 5u);
}

TEST_F(ARun, RefusesSamplesOfAnotherShape) {
  const auto run = load_run(folder());
  Samples wide{.shape = {3}, .features = {1, 2, 3}, .targets = {0}};
  expect_error([&] { run.predict(wide); }, "samples of shape [3] do not fit a model for [2]");
  expect_error([&] { run.evaluate(Samples{.shape = {2}}); }, "there are no samples to evaluate");
  expect_error(
      [&] {
        run.evaluate(Samples{.shape = {2}, .features = {1, 2, 3, 4}});
      },
      "2 samples to evaluate need 2 target values of width 1, found 0");
  EXPECT_TRUE(run.predict(Samples{.shape = {2}}).empty());
}

TEST_F(ARun, NamesItsScores) {
  const auto run = load_run(folder());
  EXPECT_GT(run.best("accuracy"), 0.3);
  expect_error([&] { run.best("acuracy"); }, "did you mean \"accuracy\"");
}

TEST_F(ARun, ThatIsNotThereIsNamed) {
  expect_error([&] { load_run(folder() / "no"); }, "no: no such run; a run is the folder that");
}

TEST_F(ARun, WithoutItsRecipeIsNone) {
  std::filesystem::remove(folder() / "recipe.toml");
  expect_refused("this folder holds no run: recipe.toml is missing");
}

TEST_F(ARun, WithoutItsModelIsNotReady) {
  std::filesystem::remove(folder() / "model.safetensors");
  expect_refused("this run has no model yet: it ended before its first epoch was over");
}

TEST_F(ARun, WithAMissingTensorIsRefused) {
  damage([](TensorFile& file) {
    std::erase_if(file.tensors,
                  [](const NamedTensor& tensor) { return tensor.name == "layers.1.weight"; });
  });
  expect_refused("tensor \"layers.1.weight\" is missing");
}

TEST_F(ARun, WithATensorOfAnotherShapeIsRefused) {
  damage([](TensorFile& file) {
    for (NamedTensor& tensor : file.tensors)
      if (tensor.name == "layers.1.weight") tensor.shape = {2, 8};
  });
  expect_refused("tensor \"layers.1.weight\" has shape [2, 8], the recipe wants [8, 2]");
}

TEST_F(ARun, WithATensorTooManyIsRefused) {
  damage([](TensorFile& file) { file.tensors.push_back({"layers.9.weight", {1}, {1}}); });
  expect_refused("tensor \"layers.9.weight\" is not in the model of the recipe");
}

TEST_F(ARun, WithABrokenModelIsRefused) {
  const std::string bytes = read_file(folder() / "model.safetensors");
  write_atomic(folder() / "model.safetensors", bytes.substr(0, bytes.size() - 3));
  expect_refused("model.safetensors");
  write_safetensors(folder() / "model.safetensors", {});
  expect_refused("this is no model of goodfit: it has no signature");
}

TEST_F(ARun, SavesItsModelWhereItIsTold) {
  const auto run = load_run(folder());
  const auto file = folder() / "copy.safetensors";
  run.save(file);
  EXPECT_EQ(read_file(file), read_file(folder() / "model.safetensors"));
}

}  // namespace
}  // namespace goodfit
