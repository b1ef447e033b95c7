#include "goodfit/study/lint/rules/lr_out_of_range.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(LrOutOfRange, IsFoundByTheHighestOfASchedule) {
  Recipe recipe;
  recipe.optimizer = Adam{};
  recipe.lr = 0.1;
  expect_finding<LrOutOfRange>(recipe, "lr", "0.1 is more than adam can use");
  recipe.lr = Cosine{.max = 0.02};
  expect_finding<LrOutOfRange>(recipe, "lr", "more than adam");
  recipe.optimizer = Lookahead{.optimizer = Lion{}};
  recipe.lr = 0.005;
  expect_finding<LrOutOfRange>(recipe, "lr", "more than lion");
  recipe.optimizer = Sgd{};
  recipe.lr = 1e-8;
  expect_finding<LrOutOfRange>(recipe, "lr", "too little for sgd");
}

TEST(LrOutOfRange, IsSilentWithinAndWhereNoRangeIsKnown) {
  Recipe recipe;
  recipe.optimizer = Adam{};
  recipe.lr = 0.01;
  expect_silence<LrOutOfRange>(recipe);
  recipe.optimizer = Sgd{};
  recipe.lr = OneCycle{.max = 1};
  expect_silence<LrOutOfRange>(recipe);
  recipe.optimizer = Adadelta{};
  recipe.lr = 5;
  expect_silence<LrOutOfRange>(recipe);
}

}  // namespace goodfit
