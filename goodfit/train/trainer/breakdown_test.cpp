#include "goodfit/train/trainer/breakdown.hpp"

#include <fmt/core.h>

#include "goodfit/train/trainer/splits.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

// Counts what it is asked to do, and breaks a weight in the step that is wished.
struct Breaker {
  Size at = 0;
  static constexpr Card card{"breaker", "Breaks a weight."};
  static constexpr auto fields() { return Fields{field("at", &Breaker::at, "step")}; }
  static constexpr std::array<std::string_view, 0> memory{};
  static inline Size updates = 0;
  void update(const Step& now, Span w, ConstSpan, Memory<0>) const {
    ++updates;
    if (now.number == at) w[0] = NAN;
  }
};

Recipe broken(std::vector<Layer> model, Size at = 0) {
  Recipe recipe = clouds_recipe();
  recipe.model = std::move(model);
  recipe.optimizer = Breaker{at};
  recipe.lr = 0.02;
  recipe.split = {.validation = 0};
  recipe.shuffle = false;
  Breaker::updates = 0;
  return recipe;
}

void expect_failure(const Recipe& recipe, const std::string& because) {
  try {
    train(recipe, {.threads = 1});
    ADD_FAILURE() << "it went on";
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, 1);
    EXPECT_TRUE(says(error.what(), because)) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

}  // namespace

TEST(Breakdown, NamesTheFirstLayerAndSampleAndMovesNoWeight) {
  const Dense large{.out = 4, .init = Constant{.value = 1e20}};
  const Samples samples = clouds(150);
  Size open = 100;  // its sum is above 0, so relu lets it through
  const auto sum = [&](Size i) {
    return samples.features[std::size_t(2 * i)] + samples.features[std::size_t(2 * i + 1)];
  };
  while (sum(open) < 0.1f) ++open;
  // Only that sample is as large; the others leave the numbers finite.
  Data data{.train = clouds(150), .classes = {"a", "b", "c"}};
  for (Size i = 0; i < 150; ++i)
    for (Size j = 0; j < 2; ++j)
      data.train.features[std::size_t(2 * i + j)] *= i == open ? 1.0f : 1e-30f;
  for (const Size accumulate : {1, 3}) {
    Recipe recipe = broken({large, Relu{}, large, Relu{}, Dense{.out = 3}});
    recipe.data = in_memory(data);
    recipe.batch = 50;
    recipe.accumulate = accumulate;
    const Size step = accumulate == 1 ? open / 50 + 1 : 1;
    expect_failure(recipe, fmt::format("in epoch 1, step {}, with lr 0.02: layers.2 (dense) gives "
                                       "inf for sample {}; lower the lr",
                                       step, open));
    EXPECT_EQ(Breaker::updates, 6 * (step - 1)) << "weights and biases of three layers";
  }
}

TEST(Breakdown, NamesOutputsThatAreTooLargeForTheLoss) {
  Recipe recipe = broken({Dense{.out = 1, .init = Ones{}}});
  recipe.data = in_memory({1}, {1, 2, -1e30f, 3}, {1, 2, 3, 4});
  recipe.loss = Mse{};
  expect_failure(recipe,
                 "the loss became inf in epoch 1, step 1, with lr 0.02: layers.0 (dense) gives "
                 "-1e+30 for sample 2, too large for the loss; lower the lr");
}

TEST(Breakdown, CountsSamplesAsTheDataDoes) {
  Recipe recipe = broken({Dense{.out = 1, .init = Ones{}}});
  std::vector<float> features;
  for (int i = 1; i <= 20; ++i) features.push_back(float(i) * 1e30f);
  recipe.data = in_memory({1}, features, std::vector<float>(20, 0));
  recipe.loss = Mse{};
  recipe.split = {.validation = 0.4};
  const Data data = recipe.data->load(wanted_by(recipe));
  const Size last = split_data(data, recipe.split, false, recipe.seed).train.rows.back();
  EXPECT_GT(last, 11) << "more than there are to train on";
  expect_failure(recipe, fmt::format(" for sample {}, too large for the loss", last));
}

TEST(Breakdown, NamesAWeightThatIsNoNumber) {
  expect_failure(broken({Dense{.out = 8}, Tanh{}, Dense{.out = 3}}, 2),
                 "the loss became nan in epoch 1, step 3, with lr 0.02: layers.0.weight holds "
                 "nan since the step before; lower the lr");
}

}  // namespace goodfit
