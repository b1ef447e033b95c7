#include "goodfit/train/trainer/predictor.hpp"

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Floats answers(Predictor& predictor, const Samples& samples, Size at_once) {
  const auto width = std::size_t(samples.shape.count() * at_once);
  Floats all;
  for (std::size_t begin = 0; begin < samples.features.size(); begin += width) {
    const std::size_t count = std::min(width, samples.features.size() - begin);
    const ConstSpan some = predictor(ConstSpan(samples.features).subspan(begin, count));
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace

TEST(Predictor, HasTheBitsOfPredictForAnyNumberOfSamplesAtOnce) {
  auto run = train(clouds_recipe(), {.threads = 1});
  const Samples samples = clouds(70, 5);
  run.set_temperature(1.7);
  const Floats wanted = run.predict(samples, 1);
  for (const Size rows : {1, 7, 40, 70}) {
    Predictor predictor(run, rows);
    EXPECT_EQ(answers(predictor, samples, rows), wanted) << rows << " at once";
    EXPECT_EQ(answers(predictor, samples, 1), wanted) << "one of " << rows;
  }
  Predictor two(run, 40, 2), moved = std::move(two);
  EXPECT_EQ(answers(moved, samples, 40), wanted);
}

TEST(Predictor, OutlivesItsRun) {
  auto run = std::make_optional(train(clouds_recipe(), {.threads = 1}));
  const Samples samples = clouds(3, 5);
  const Floats wanted = run->predict(samples, 1);
  Predictor predictor(*run, 3);
  run.reset();
  EXPECT_EQ(answers(predictor, samples, 3), wanted);
}

TEST(Predictor, GivesWhatTheLossMeans) {
  Recipe recipe = clouds_recipe();
  recipe.loss = Mse{};
  recipe.model.back() = Dense{.out = 1};
  const auto numbers = train(recipe, {.threads = 1});
  Predictor predictor(numbers);
  EXPECT_EQ(answers(predictor, clouds(9, 5), 1), numbers.predict(clouds(9, 5), 1));
}

TEST(Predictor, RefusesWhatIsNoSample) {
  const auto run = train(clouds_recipe(), {.threads = 1});
  Predictor predictor(run, 2);
  EXPECT_EQ(predictor.rows(), 2);
  for (const std::size_t count : {0u, 1u, 3u, 6u})
    expect_error([&] { predictor(Floats(count)); },
                 "features: " + std::to_string(count) +
                     " numbers, but a sample has 2, and 1 to 2 samples are allowed");
  expect_error([&] { Predictor(run, 0); }, "a predictor for 0 samples is not allowed");
}

}  // namespace goodfit
