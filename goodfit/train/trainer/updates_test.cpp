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

struct Bare {
  static constexpr Card card{"bare", "Has no settings."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr std::array<std::string_view, 0> memory{};
  void update(const Step&, Span, ConstSpan, Memory<0>) const {}
};

// Counts the weights and the calls, before it would move them.
struct Counting {
  static constexpr Card card{"counting", "Counts."};
  static constexpr auto fields() { return Fields{}; }
  static constexpr std::array<std::string_view, 0> memory{};
  static constexpr std::array<std::string_view, 1> numbers{"counted"};
  static inline double counted = 0;
  static constexpr std::size_t sums = 2;
  static void measure(const Step&, ConstSpan w, ConstSpan g, Memory<0>, std::span<double> to) {
    EXPECT_EQ(to[0], 0);
    to[0] = double(w.size());
    to[1] = double(g.size());
  }
  static void decide(const Step& now, std::span<double> of_run) {
    of_run[0] += now.sums[0];
    counted = of_run[0];
  }
  static void update(const Step& now, Span, ConstSpan, Memory<0>) {
    EXPECT_EQ(now.sums[0], now.sums[1]);
    EXPECT_EQ(now.numbers[0], now.sums[0] * double(now.number));
  }
};

std::vector<float> trained(const Recipe& recipe, int threads = 1) {
  return weights_of(train(recipe, {.threads = threads}));
}

Recipe one_step() {
  Recipe recipe = plain_recipe();
  recipe.batch = 150;
  recipe.epochs = 1;
  recipe.split = {.validation = 0};
  return recipe;
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

TEST(Optimizers, MayMeasureAllWeightsBeforeTheyMoveThem) {
  Recipe recipe = plain_recipe();
  recipe.model = {Dense{.out = 60}, Dense{.out = 300}, Dense{.out = 3}};
  recipe.optimizer = Counting{};
  recipe.epochs = 2;
  train(recipe, {.threads = 2});
  EXPECT_EQ(Counting::counted, 8 * (120 + 60 + 18000 + 300 + 900 + 3));
}

TEST(Optimizers, OfAllSortsGiveTheSameBytesOnAnyThreads) {
  for (const Optimizer& rule :
       {Optimizer(Prodigy{}), Optimizer(Sam{}), Optimizer(Ema{.decay = 0.9}),
        Optimizer(Swa{.start = 0}), Optimizer(ScheduleFreeAdamW{}), Optimizer(Lbfgs{})}) {
    Recipe recipe = clouds_recipe();
    recipe.data = clouds_data(900);
    recipe.model = {Dense{.out = 160}, BatchNorm{}, Relu{},         Dropout{.p = 0.2},
                    Dense{.out = 160}, Tanh{},      Dense{.out = 3}};
    recipe.optimizer = rule;
    recipe.lr = rule.key() == "prodigy" ? 1.0 : 0.01;
    recipe.batch = 200;
    recipe.epochs = 2;
    const auto one = trained(recipe, 1);
    EXPECT_EQ(trained(recipe, 2), one) << rule.key();
    EXPECT_EQ(trained(recipe, 3), one) << rule.key();
  }
}

TEST(Optimizers, ThatFindTheirLrNeedNoneOfOurs) {
  Recipe recipe = clouds_recipe();
  recipe.optimizer = Prodigy{};
  recipe.lr = 1.0;
  recipe.epochs = 30;
  EXPECT_GT(train(recipe, {.threads = 1}).best("accuracy"), 0.75);
}

// Of a convex loss: there is one minimum, and how near it a run has come can be compared.
TEST(Lbfgs, IsDoneWithAFullBatchInAHundredthOfTheSteps) {
  Recipe recipe = one_step();
  recipe.model = {Dense{.out = 3, .bias = false}};
  recipe.regularizers = {L2{.lambda = 0.01}};
  recipe.epochs = 25;
  recipe.optimizer = Lbfgs{};
  recipe.lr = 1.0;
  const auto found = train(recipe, {.threads = 1});
  recipe.epochs = 2500;
  recipe.optimizer = Adam{};
  recipe.lr = Cosine{.max = 0.05};
  const auto other = train(recipe, {.threads = 1});
  EXPECT_LT(distance(weights_of(found), weights_of(other)), 1e-3);
  recipe.epochs = 25;
  EXPECT_GT(distance(trained(recipe), weights_of(other)), 0.1);
  // Batches one after the other make the same step; only rounding is another.
  recipe.optimizer = Lbfgs{};
  recipe.lr = 1.0;
  recipe.batch = 40;
  recipe.accumulate = 4;
  EXPECT_LT(distance(trained(recipe), weights_of(found)), 1e-3);
}

TEST(Ema, IsWhatIsEvaluatedAndSavedWhileTrainingGoesOnWithTheWeights) {
  // With decay 0 the average is the weights; with much, it lags behind.
  Recipe recipe = plain_recipe();
  const auto plain = train(recipe, {.threads = 1});
  recipe.optimizer = Ema{.optimizer = Sgd{}, .decay = 0};
  const auto same = train(recipe, {.threads = 1});
  EXPECT_EQ(weights_of(same), weights_of(plain));
  EXPECT_EQ(same.best_scores, plain.best_scores);
  recipe.optimizer = Ema{.optimizer = Sgd{}, .decay = 0.9};
  const auto average = train(recipe, {.threads = 1});
  EXPECT_NE(weights_of(average), weights_of(plain));
  for (std::size_t epoch = 0; epoch < 4; ++epoch) {
    EXPECT_EQ(average.history[epoch].train_loss, plain.history[epoch].train_loss);
    EXPECT_NE(average.history[epoch].validation, plain.history[epoch].validation);
  }
  EXPECT_EQ(average.evaluate(split_of(average, "validation"), 1), average.best_scores);
}

TEST(Ema, OfSgdIsTheAverageByHand) {
  // One batch an epoch and no validation: the weights of each epoch are those of a shorter run.
  Recipe recipe = one_step();
  std::vector<std::vector<float>> epochs;
  for (recipe.epochs = 1; recipe.epochs <= 3; ++recipe.epochs) epochs.push_back(trained(recipe));
  recipe.epochs = 3;
  recipe.optimizer = Ema{.optimizer = Sgd{}, .decay = 0.75};
  const auto found = trained(recipe);
  recipe.optimizer = Swa{.optimizer = Sgd{}, .start = 0.34};
  const auto mean = trained(recipe);
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i], 0.75 * (0.75 * epochs[0][i] + 0.25 * epochs[1][i]) + 0.25 * epochs[2][i],
                1e-6);
    EXPECT_NEAR(mean[i], 0.5 * (epochs[1][i] + epochs[2][i]), 1e-6);
  }
}

// Its second pass goes by the same masks, and leaves the running statistics alone.
TEST(Sam, OfNoWidthIsItsOptimizer) {
  Recipe recipe = clouds_recipe();
  const auto plain = train(recipe, {.threads = 1});
  recipe.optimizer = Sam{.optimizer = Adam{}, .rho = 0};
  const auto same = train(recipe, {.threads = 1});
  EXPECT_EQ(weights_of(same), weights_of(plain));
  EXPECT_EQ(same.history.back().train_loss, plain.history.back().train_loss);
  recipe.optimizer = Sam{.optimizer = Adam{}, .rho = 0.1};
  EXPECT_NE(trained(recipe), weights_of(plain));
}

TEST(Groups, ScaleTheLrOfTheirWeights) {
  Recipe recipe = one_step();
  const auto once = named(recipe);
  recipe.lr = 0.0;
  const auto start = named(recipe);
  recipe.lr = 0.5;
  recipe.groups = {{.match = "layers.0", .lr_scale = 0.25}};
  const auto slow = named(recipe);
  for (const char* name : {"layers.0.weight", "layers.0.bias"})
    for (std::size_t i = 0; i < slow.at(name).size(); ++i)
      EXPECT_NEAR(slow.at(name)[i],
                  start.at(name)[i] + 0.25f * (once.at(name)[i] - start.at(name)[i]), 1e-6);
  EXPECT_NE(slow.at("layers.0.weight"), start.at("layers.0.weight"));
  EXPECT_EQ(slow.at("layers.2.weight"), once.at("layers.2.weight"));
}

TEST(Groups, FreezeWeights) {
  Recipe recipe = plain_recipe();
  recipe.optimizer = AdamW{};
  const auto moved = named(recipe);
  recipe.lr = 0.0;
  const auto start = named(recipe);
  recipe.lr = 0.5;
  recipe.groups = {{.match = "layers.0", .freeze = true}};
  const auto frozen = named(recipe);
  EXPECT_EQ(frozen.at("layers.0.weight"), start.at("layers.0.weight"));
  EXPECT_EQ(frozen.at("layers.0.bias"), start.at("layers.0.bias"));
  EXPECT_NE(moved.at("layers.0.weight"), start.at("layers.0.weight"));
  EXPECT_NE(frozen.at("layers.2.weight"), start.at("layers.2.weight"));
  const auto count = [](const std::string& text) {
    return std::count(text.begin(), text.end(), '\n');
  };
  const std::string without = plan_recipe(recipe);
  recipe.groups = {};
  EXPECT_LT(count(without), count(plan_recipe(recipe)) - 1) << "gradients are still computed";
  recipe.groups = {{.match = "*", .freeze = true}};
  expect_error([&] { train(recipe); }, "nothing is left to train");
}

TEST(Groups, HaveTheirOwnWeightDecay) {
  Recipe recipe = one_step();
  recipe.optimizer = Lookahead{.optimizer = Sgd{.weight_decay = 0.5}};
  recipe.groups = {{.match = "layers.0", .weight_decay = 0}};
  const auto found = named(recipe);
  recipe.groups = {};
  const auto all = named(recipe);
  recipe.optimizer = Lookahead{.optimizer = Sgd{}};
  const auto none = named(recipe);
  EXPECT_EQ(found.at("layers.0.weight"), none.at("layers.0.weight"));
  EXPECT_EQ(found.at("layers.2.weight"), all.at("layers.2.weight"));
  EXPECT_NE(all.at("layers.0.weight"), none.at("layers.0.weight"));
  recipe.groups = {{.match = "*", .weight_decay = 0}};
  recipe.optimizer = Bare{};
  expect_error([&] { train(recipe); }, "groups[0].weight_decay: bare has no weight_decay");
}

TEST(Groups, HaveTheirOwnRegularizers) {
  Recipe recipe = one_step();
  recipe.regularizers = {L2{.lambda = 0.1}};
  recipe.groups = {{.match = "layers.0", .regularizers = std::vector<Regularizer>{}},
                   {.match = "layers.2.bias", .regularizers = std::vector<Regularizer>{L1{}}}};
  const auto found = named(recipe);
  recipe.groups = {};
  const auto all = named(recipe);
  recipe.regularizers = {};
  const auto none = named(recipe);
  EXPECT_EQ(found.at("layers.0.weight"), none.at("layers.0.weight"));
  EXPECT_EQ(found.at("layers.2.weight"), all.at("layers.2.weight"));
  EXPECT_EQ(found.at("layers.2.bias"), none.at("layers.2.bias")) << "a bias is never penalized";
  EXPECT_NE(all.at("layers.0.weight"), none.at("layers.0.weight"));
}

}  // namespace goodfit
