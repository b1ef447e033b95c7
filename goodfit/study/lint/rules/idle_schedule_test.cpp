#include "goodfit/study/lint/rules/idle_schedule.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(IdleSchedule, IsFoundWhenTheFirstFallIsBehindTheEnd) {
  Recipe recipe;
  recipe.epochs = 20;
  recipe.lr = StepSchedule{.base = 0.1, .every = 20};
  expect_finding<IdleSchedule>(recipe, "lr", "step leaves it at 0.1 in all 20 epochs");
  recipe.lr = ReduceOnPlateau{.patience = 18};
  expect_finding<IdleSchedule>(recipe, "lr", "reduce_on_plateau leaves it");
}

TEST(IdleSchedule, IsSilentWhenItActsOnceOrIsMeantToBeConstant) {
  Recipe recipe;
  recipe.epochs = 20;
  recipe.lr = StepSchedule{.base = 0.1, .every = 19};
  expect_silence<IdleSchedule>(recipe);
  recipe.lr = ReduceOnPlateau{.patience = 17};
  expect_silence<IdleSchedule>(recipe);
  recipe.lr = 0.001;
  expect_silence<IdleSchedule>(recipe);
  recipe.lr = Cosine{.max = 0.01};
  expect_silence<IdleSchedule>(recipe);
}

}  // namespace goodfit
