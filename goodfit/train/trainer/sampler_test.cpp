#include "goodfit/train/trainer/sampler.hpp"

#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

Run drawing_run() {
  Recipe recipe = clouds_recipe();
  recipe.model.insert(recipe.model.end() - 1, Dropout{.p = 0.3});
  return train(recipe, {.threads = 1});
}

Floats copied(ConstSpan numbers) { return {numbers.begin(), numbers.end()}; }

}  // namespace

TEST(Sampler, HasTheBitsOfSampleInEveryCall) {
  auto run = drawing_run();
  run.set_temperature(1.7);
  for (const Size count : {1, 7}) {
    const Samples samples = clouds(count, 5);
    const Floats wanted = run.sample(samples, 40, 3, 1);
    Sampler one(run, 40, count), two(run, 40, count, 2), moved = std::move(two);
    EXPECT_EQ(copied(one(samples.features, 3)), wanted);
    EXPECT_NE(copied(one(samples.features, 4)), wanted) << "another seed";
    EXPECT_EQ(copied(one(samples.features, 3)), wanted) << "again";
    EXPECT_EQ(copied(moved(samples.features, 3)), wanted) << "two threads";
  }
}

TEST(Sampler, TakesFewerSamplesThanItHasRoomFor) {
  const auto run = drawing_run();
  const Samples all = clouds(9, 5), few = clouds(4, 5);
  Sampler nine(run, 20, 9), four(run, 20, 4);
  nine(all.features, 1);
  EXPECT_EQ(copied(nine(few.features, 1)), copied(four(few.features, 1)));
}

TEST(Sampler, OutlivesItsRun) {
  auto run = std::make_optional(drawing_run());
  const Samples samples = clouds(2, 5);
  const Floats wanted = run->sample(samples, 10, 0, 1);
  Sampler sampler(*run, 10, 2);
  run.reset();
  EXPECT_EQ(copied(sampler(samples.features)), wanted);
}

TEST(Sampler, RefusesWhatIsNoSample) {
  const auto run = drawing_run();
  Sampler sampler(run, 5, 2);
  EXPECT_EQ(sampler.passes(), 5);
  EXPECT_EQ(sampler.rows(), 2);
  for (const std::size_t count : {0u, 3u, 6u})
    expect_error([&] { sampler(Floats(count)); },
                 "features: " + std::to_string(count) + " numbers, but a sample has 2");
  expect_error([&] { Sampler(run, 0); }, "0 passes over 1 samples are not allowed");
  expect_error([&] { Sampler(run, 5, 0); }, "5 passes over 0 samples are not allowed");
}

}  // namespace goodfit
