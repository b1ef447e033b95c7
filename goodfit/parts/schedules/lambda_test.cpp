#include "goodfit/parts/schedules/lambda.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/schedules/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

TEST(Lambda, IsItsExpressionOfTheMoment) {
  const Lambda schedule{.expression = "epochs + 10 * epoch + 100 * steps + 1000 * step",
                        .scale = 2};
  EXPECT_EQ(schedule.at({.step = 4, .steps = 3, .epoch = 2, .epochs = 1}), 2 * 4321);
}

TEST(Lambda, MayBeAFunctionOfTheProgram) {
  const Schedule schedule =
      Lambda{.expression = [](const Moment& now) { return 0.5 / double(1 + now.epoch); }};
  EXPECT_EQ(schedule.at({.epoch = 3}), 0.125);
  expect_error([&] { Schedule::read(schedule.write()); }, "unknown name \"a\"");
}

TEST(Lambda, IsWrittenInARecipeByItsTextAlone) {
  Setting recipe{Setting::Table{{"lr", Setting::Table{{"lambda", "0.1 * epoch"}}}}};
  EXPECT_EQ(Schedule::read(*recipe.find("lr")), Schedule(Lambda{.expression = "0.1 * epoch"}));
  recipe["lr"]["lambda"] = "0.1 * epok";
  recipe.located("", "r.toml:3:1");
  expect_error([&] { Schedule::read(*recipe.find("lr")); },
               "r.toml:3:1: lr.lambda = \"0.1 * epok\", position 7: unknown name \"epok\"; did you "
               "mean \"epoch\"?");
  expect_error([] { Lambda{.expression = "0.1 *"}; },
               "lambda.expression = \"0.1 *\" is not allowed");
  expect_error([] { Schedule::read(Setting::Table{{"lambda", 3}}); }, "must be a text in quotes");
}

TEST(Lambda, RefusesToGoBelowZeroOrOutOfTheNumbers) {
  expect_error([] { Lambda{.expression = "2 - step"}.at({.step = 3}); },
               "lambda.expression = \"2 - step\" is -1 at step 3: an lr is at least 0");
  expect_error([] { Lambda{.expression = "1 / step"}.at({}); }, "is inf at step 0");
  expect_error([] { Lambda{.expression = "log(-1)"}.at({}); }, "nan at step 0");
}

}  // namespace goodfit
