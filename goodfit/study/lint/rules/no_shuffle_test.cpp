#include "goodfit/study/lint/rules/no_shuffle.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(NoShuffle, IsFound) {
  Recipe recipe;
  recipe.shuffle = false;
  expect_finding<NoShuffle>(recipe, "shuffle", "in the order of the file");
}

TEST(NoShuffle, IsSilentWhenShuffledOrWhenABatchIsAll) {
  Recipe recipe;
  expect_silence<NoShuffle>(recipe);
  recipe.shuffle = false;
  const Samples samples{.shape = {1}, .features = {1, 2, 3}, .targets = {0, 1, 0}};
  const Portion train = whole(samples);
  expect_silence<NoShuffle>(recipe, &train);
}

}  // namespace goodfit
