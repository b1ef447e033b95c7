#include "goodfit/study/lint/rules/lbfgs_needs_full_batch.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {
namespace {

const Samples samples{.shape = {1}, .features = {1, 2, 3, 4, 5}, .targets = {0, 1, 0, 1, 0}};
const Portion five = whole(samples);

Recipe with_lbfgs(Size batch, Size accumulate = 1) {
  Recipe recipe = with_model({Dense{.out = 2}});
  recipe.optimizer = Lbfgs{};
  recipe.batch = batch;
  recipe.accumulate = accumulate;
  return recipe;
}

}  // namespace

TEST(LbfgsNeedsFullBatch, IsFoundWhereAStepDoesNotSeeAllSamples) {
  expect_finding<LbfgsNeedsFullBatch>(with_lbfgs(4), "optimizer (lbfgs)", "4 of 5 training samples",
                                      &five);
  Recipe recipe = with_lbfgs(2, 2);
  recipe.optimizer = Ema{.optimizer = Lbfgs{}};
  expect_finding<LbfgsNeedsFullBatch>(recipe, "optimizer (lbfgs)", "4 of 5 training samples",
                                      &five);
}

TEST(LbfgsNeedsFullBatch, IsSilentOnFullBatchesOtherOptimizersAndUnknownData) {
  expect_silence<LbfgsNeedsFullBatch>(with_lbfgs(5), &five);
  expect_silence<LbfgsNeedsFullBatch>(with_lbfgs(2, 3), &five);
  expect_silence<LbfgsNeedsFullBatch>(with_lbfgs(4));
  Recipe recipe = with_lbfgs(4);
  recipe.optimizer = Adam{};
  expect_silence<LbfgsNeedsFullBatch>(recipe, &five);
}

}  // namespace goodfit
