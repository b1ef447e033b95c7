#include "goodfit/parts/schedules/auto.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/schedules/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

TEST(Auto, IsAWordInARecipeOrASettingOfAnotherSchedule) {
  EXPECT_EQ(Schedule::read("auto"), Schedule(Auto{}));
  const Setting cycle{Setting::Table{{"auto", "one_cycle"}}};
  EXPECT_EQ(Schedule::read(cycle), Schedule(Auto{.schedule = OneCycle{}}));
  const Setting settings{Setting::Table{{"step_size_up", 200}}};
  const Setting cyclic{Setting::Table{{"auto", Setting::Table{{"cyclic", settings}}}}};
  EXPECT_EQ(Schedule::read(cyclic), Schedule(Auto{.schedule = Cyclic{.step_size_up = 200}}));
}

TEST(Auto, UntilItsLrIsFoundItIsTheScheduleInside) {
  const Schedule schedule = Auto{.schedule = Cosine{.max = 0.5}}, inside = Cosine{.max = 0.5};
  for (const Size step : {0, 3, 9})
    EXPECT_EQ(schedule.at({.step = step, .steps = 10}), inside.at({.step = step, .steps = 10}));
}

TEST(Auto, RefusesARangeThatIsNone) {
  expect_error([] { check(Auto{.low = 1, .high = 1}); }, "auto: low must be below high");
}

}  // namespace goodfit
