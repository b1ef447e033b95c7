// Regularizers that change weights after the optimizer's step, in training.
#include <algorithm>

#include "goodfit/base/json.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Recipe one_projected_step() {
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 8}, Tanh{}, Dense{.out = 3}};
  recipe.optimizer = Sgd{};
  recipe.lr = 0.5;
  recipe.batch = 150;
  recipe.epochs = 1;
  recipe.split = {.validation = 0};
  return recipe;
}

double zeros_in(const std::vector<float>& w) {
  return double(std::count(w.begin(), w.end(), 0.0f)) / double(w.size());
}

double longest_row(const std::vector<float>& w, Size rows) {
  const std::size_t width = w.size() / std::size_t(rows);
  double longest = 0;
  for (std::size_t begin = 0; begin < w.size(); begin += width) {
    double squares = 0;
    for (std::size_t i = begin; i < begin + width; ++i) squares += double(w[i]) * double(w[i]);
    longest = std::max(longest, std::sqrt(squares));
  }
  return longest;
}

}  // namespace

TEST(Projections, FollowTheStepWithTheLrOfTheGroup) {
  Recipe recipe = one_projected_step();
  recipe.groups = {{.match = "layers.2", .lr_scale = 0.5}};
  const Weights plain = named(recipe);
  recipe.regularizers = {ProximalL1{.lambda = 0.25}};
  const Weights found = named(recipe);
  for (const auto& [name, lr] : {std::pair("layers.0.weight", 0.5), {"layers.2.weight", 0.25}}) {
    std::vector<float> wanted = plain.at(name);
    Regularizer(ProximalL1{.lambda = 0.25}).project(lr, 1, wanted);
    EXPECT_EQ(found.at(name), wanted) << name;
    EXPECT_NE(found.at(name), plain.at(name)) << name;
  }
  for (const char* name : {"layers.0.bias", "layers.2.bias"})
    EXPECT_EQ(found.at(name), plain.at(name)) << "a bias is left alone";
}

TEST(Projections, ActInTheOrderOfTheRecipe) {
  Recipe recipe = one_projected_step();
  const Weights plain = named(recipe);
  recipe.regularizers = {MaxNorm{.max = 0.5}, ProximalL1{.lambda = 0.1}};
  std::vector<float> wanted = plain.at("layers.2.weight");
  for (const Regularizer& one : recipe.regularizers) one.project(0.5, 3, wanted);
  EXPECT_EQ(named(recipe).at("layers.2.weight"), wanted);
  std::swap(recipe.regularizers[0], recipe.regularizers[1]);
  EXPECT_NE(named(recipe).at("layers.2.weight"), wanted);
}

TEST(Projections, LeaveFrozenWeightsAndGroupsWithoutThemAlone) {
  Recipe recipe = one_projected_step();
  const Weights plain = named(recipe);
  recipe.lr = 0.0;
  const Weights start = named(recipe);
  recipe.lr = 0.5;
  recipe.regularizers = {MaxNorm{.max = 0.01}};
  recipe.groups = {{.match = "layers.0", .freeze = true}};
  Weights found = named(recipe);
  EXPECT_EQ(found.at("layers.0.weight"), start.at("layers.0.weight"));
  EXPECT_LE(longest_row(found.at("layers.2.weight"), 3), 0.01);
  recipe.groups = {{.match = "layers.0", .regularizers = std::vector<Regularizer>{}}};
  found = named(recipe);
  EXPECT_EQ(found.at("layers.0.weight"), plain.at("layers.0.weight"));
  EXPECT_LE(longest_row(found.at("layers.2.weight"), 3), 0.01);
}

// Rows longer than a piece of the optimizer's, shorter ones, and kernels.
TEST(Projections, GiveTheSameBytesOnAnyThreads) {
  Recipe recipe = clouds_recipe();
  recipe.data = clouds_data(600);
  recipe.model = {Standardize{},
                  Dense{.out = 300},
                  Relu{},
                  Dense{.out = 96},
                  Relu{},
                  Reshape{{4, 4, 6}},
                  Conv2d{.out = 8, .padding = 1},
                  Flatten{},
                  Dense{.out = 3}};
  recipe.regularizers = {ProximalL1{.lambda = 0.02}, MaxNorm{.max = 0.9}, OrthogonalRegularizer{}};
  recipe.batch = 200;
  recipe.epochs = 2;
  for (const Optimizer& rule : {Optimizer(Adam{}), Optimizer(Lamb{})}) {
    recipe.optimizer = rule;
    const auto one = train(recipe, {.threads = 1}), three = train(recipe, {.threads = 3});
    EXPECT_EQ(weights_of(three), weights_of(one)) << rule.key();
    const Weights found = named(one);
    EXPECT_LE(longest_row(found.at("layers.3.weight"), 96), 0.9) << rule.key();
    EXPECT_LE(longest_row(found.at("layers.6.weight"), 8), 0.9) << rule.key();
    EXPECT_GT(zeros_in(found.at("layers.3.weight")), 0) << rule.key();
  }
}

TEST(Projections, MakeANetOfFewWeightsThatStillLearns) {
  Recipe recipe = clouds_recipe();
  recipe.model = {Standardize{}, Dense{.out = 32}, Relu{}, Dense{.out = 3}};
  recipe.optimizer = Sgd{};
  recipe.lr = 0.2;
  recipe.epochs = 40;
  recipe.split = {.validation = 0};  // so that the last weights count
  const auto plain = train(recipe, {.threads = 1});
  EXPECT_TRUE(plain.zeros.empty());
  recipe.regularizers = {L1{.lambda = 0.01}};
  EXPECT_LT(zeros_in(named(recipe).at("layers.1.weight")), 0.05) << "they jump about 0";
  recipe.regularizers = {ProximalL1{.lambda = 0.02}};
  const auto run = train(recipe, {.threads = 1});
  ASSERT_EQ(run.zeros.size(), 3u);
  EXPECT_EQ(run.zeros[0].first, "all");
  EXPECT_EQ(run.zeros[1].first, "layers.1.weight");
  const Weights found = named(run);
  for (std::size_t i = 1; i < 3; ++i)
    EXPECT_EQ(run.zeros[i].second, zeros_in(found.at(run.zeros[i].first)));
  EXPECT_NEAR(run.zeros[0].second, (64 * run.zeros[1].second + 96 * run.zeros[2].second) / 160,
              1e-12);
  EXPECT_GT(run.zeros[0].second, 0.3);
  const auto accuracy = [](const goodfit::Run& of) {
    return of.evaluate(clouds(600, 9), 1)[1].second;
  };
  EXPECT_GT(accuracy(run), accuracy(plain) - 0.05);
}

TEST(Projections, CountTheZerosOnlyOfWeightsThatTheyMake) {
  const TemporaryFolder place;
  Recipe recipe = one_projected_step();
  recipe.groups = {
      {.match = "layers.2", .regularizers = std::vector<Regularizer>{ProximalL1{.lambda = 99}}}};
  train(recipe, {.folder = place.path() + "/run", .threads = 1});
  const std::string record = read_file(place.path() + "/run/record.jsonl");
  EXPECT_NE(record.find("\"zeros\":{\"all\":1.0,\"layers.2.weight\":1.0}"), record.npos) << record;
}

}  // namespace goodfit
