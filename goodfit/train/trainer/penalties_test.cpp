// Penalties in training: on weights and on activations.
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Recipe small_recipe() {
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 16}, Relu{}, Dense{.out = 3}};
  recipe.epochs = 100;
  return recipe;
}

// After layers.0 and the rectifier, of all samples one after the other.
std::vector<double> hidden(const Run& run) {
  const Weights weights = named(run);
  const auto &w = weights.at("layers.0.weight"), &b = weights.at("layers.0.bias");
  const Samples samples = clouds(150);
  std::vector<double> found;
  for (std::size_t i = 0; i < 150; ++i)
    for (std::size_t u = 0; u < b.size(); ++u) {
      const float* x = samples.features.data() + 2 * i;
      found.push_back(std::max(0.0, double(w[2 * u] * x[0] + w[2 * u + 1] * x[1] + b[u])));
    }
  return found;
}

double mean(const std::vector<double>& x) {
  double sum = 0;
  for (const double one : x) sum += one;
  return sum / double(x.size());
}

// ‖W Wᵀ − 1‖² or, of a tall matrix, ‖Wᵀ W − 1‖².
double apart_from_orthonormal(const std::vector<float>& w, std::size_t rows) {
  const std::size_t columns = w.size() / rows, n = std::min(rows, columns);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      double product = i == j ? -1 : 0;
      for (std::size_t k = 0; k < w.size() / n; ++k)
        product += rows > columns ? double(w[k * n + i]) * double(w[k * n + j])
                                  : double(w[i * columns + k]) * double(w[j * columns + k]);
      sum += product * product;
    }
  return sum;
}

}  // namespace

TEST(Penalties, AreNotInTheLossThatIsReported) {
  Recipe recipe = small_recipe();
  recipe.epochs = 1;
  recipe.lr = 0.0;
  const auto plain = train(recipe, {.threads = 1});
  recipe.regularizers = {Elastic{.lambda1 = 1, .lambda2 = 1}, OrthogonalRegularizer{.lambda = 1}};
  // At the end: a layer between the others would change their names and with them their start.
  recipe.model = {Dense{.out = 16}, Relu{}, Dense{.out = 3}, ActivationL1{.lambda = 1},
                  ActivationL2{.lambda = 1}};
  const auto penalized = train(recipe, {.threads = 1});
  EXPECT_EQ(penalized.history[0].train_loss, plain.history[0].train_loss);
  EXPECT_EQ(penalized.best_scores, plain.best_scores);
}

TEST(Penalties, OnActivationsMakeThemFewOrSmall) {
  Recipe recipe = small_recipe();
  const std::vector<double> plain = hidden(train(recipe, {.threads = 1}));
  const auto with = [&](const Layer& penalty) {
    recipe.model = {Dense{.out = 16}, Relu{}, penalty, Dense{.out = 3}};
    return train(recipe, {.threads = 1});
  };
  const auto zeros = [](const std::vector<double>& x) {
    return double(std::count(x.begin(), x.end(), 0.0)) / double(x.size());
  };
  const auto few = with(ActivationL1{.lambda = 0.05}), low = with(ActivationL2{.lambda = 0.05});
  EXPECT_GT(zeros(hidden(few)), zeros(plain) + 0.1);
  EXPECT_LT(mean(hidden(few)), 0.7 * mean(plain));
  EXPECT_LT(mean(hidden(low)), 0.7 * mean(plain));
  EXPECT_GT(few.best("accuracy"), 0.75);
  EXPECT_GT(low.best("accuracy"), 0.75);
}

TEST(Penalties, OrthogonalMakesRowsAndColumnsOrthonormal) {
  Recipe recipe = small_recipe();
  const auto apart = [&] {
    const Weights found = named(recipe);
    return std::pair(apart_from_orthonormal(found.at("layers.0.weight"), 16),
                     apart_from_orthonormal(found.at("layers.2.weight"), 3));
  };
  const auto plain = apart();
  recipe.regularizers = {OrthogonalRegularizer{.lambda = 1}};
  const auto found = apart();
  EXPECT_LT(found.first, 0.05 * plain.first);
  EXPECT_LT(found.second, 0.05 * plain.second);
}

TEST(Penalties, GiveTheSameBytesOnAnyThreads) {
  Recipe recipe = clouds_recipe();
  recipe.data = clouds_data(900);
  recipe.model = {Dense{.out = 160}, Relu{},         ActivationL1{}, Dense{.out = 96}, Tanh{},
                  ActivationL2{},    Dense{.out = 3}};
  recipe.regularizers = {Elastic{}, OrthogonalRegularizer{.lambda = 0.01}};
  recipe.batch = 200;
  recipe.epochs = 2;
  const auto one = train(recipe, {.threads = 1}), three = train(recipe, {.threads = 3});
  EXPECT_EQ(weights_of(three), weights_of(one));
}

}  // namespace goodfit
