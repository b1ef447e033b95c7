#include "goodfit/train/trainer/updates.hpp"

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

double distance(const std::vector<float>& a, const std::vector<float>& b) {
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += std::pow(double(a[i]) - double(b[i]), 2);
  return std::sqrt(squares);
}

// Without anything that only some steps would do.
Recipe plain_recipe() {
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 8}, Tanh{}, Dense{.out = 3}};
  recipe.optimizer = Sgd{};
  recipe.lr = 0.5;
  return recipe;
}

std::vector<float> trained(const Recipe& recipe, int threads = 1) {
  return weights_of(train(recipe, {.threads = threads}));
}

}  // namespace

TEST(Gradients, RulesActBeforeTheOptimizer) {
  Recipe recipe = plain_recipe();
  recipe.epochs = 1;
  recipe.split = {.validation = 0};
  recipe.lr = 0.0;
  const auto start = trained(recipe);
  recipe.lr = 1.0;
  recipe.batch = 150;  // one step
  EXPECT_GT(distance(trained(recipe), start), 0.1);
  recipe.gradients = {ClipNorm{.max = 0.01}};
  EXPECT_NEAR(distance(trained(recipe), start), 0.01, 1e-5);
  recipe.gradients = {ClipNorm{.max = 0.01}, ClipValue{.max = 1e-4}};
  EXPECT_LT(distance(trained(recipe), start), 1e-3);
  EXPECT_GT(distance(trained(recipe), start), 1e-4);
}

TEST(Gradients, RulesGiveTheSameBytesOnAnyThreads) {
  Recipe recipe = clouds_recipe();
  recipe.data = clouds_data(900);
  recipe.model = {Dense{.out = 160}, Relu{}, Dense{.out = 160}, Tanh{}, Dense{.out = 3}};
  recipe.gradients = {GradientNoise{}, GradientCentralization{}, ClipNorm{.max = 0.3}};
  recipe.batch = 200;
  recipe.epochs = 2;
  EXPECT_EQ(trained(recipe, 2), trained(recipe, 1));
  EXPECT_EQ(trained(recipe, 3), trained(recipe, 1));
}

}  // namespace goodfit
