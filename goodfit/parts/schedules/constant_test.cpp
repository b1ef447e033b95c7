#include "goodfit/parts/schedules/constant.hpp"

#include <gtest/gtest.h>

#include "tests/part_laws.hpp"

namespace goodfit {

TEST(ConstantSchedule, IsTheSameAtEveryStep) {
  const Schedule schedule = ConstantSchedule{.value = 0.25};
  for (const Size step : {0, 1, 99}) EXPECT_EQ(schedule.at({.step = step, .steps = 100}), 0.25);
  EXPECT_EQ(schedule.momentum({}), std::nullopt);
}

TEST(ConstantSchedule, IsWhatANumberMeans) {
  EXPECT_EQ(Schedule(0.25), Schedule(ConstantSchedule{0.25}));
  EXPECT_EQ(Schedule::read(Setting(0.25)), Schedule(0.25));
  EXPECT_EQ(Schedule::read(Setting(1)), Schedule(1.0));
}

TEST(ConstantSchedule, RefusesANumberBelowZeroAtItsPlace) {
  Setting recipe{Setting::Table{{"lr", Setting(-0.5)}}};
  recipe.located("", "r.toml:3:1");
  expect_error([&] { Schedule::read(*recipe.find("lr")); },
               "r.toml:3:1: lr = -0.5 is not allowed: must be at least 0");
}

}  // namespace goodfit
