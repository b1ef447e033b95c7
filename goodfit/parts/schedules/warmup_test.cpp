#include "goodfit/parts/schedules/warmup.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/schedules/catalogue.hpp"

namespace goodfit {

TEST(Warmup, RisesToWhereTheScheduleBegins) {
  const Warmup schedule{.schedule = 0.8, .steps = 4};
  const std::array wanted{0.2, 0.4, 0.6, 0.8, 0.8, 0.8};
  for (std::size_t t = 0; t < wanted.size(); ++t)
    EXPECT_DOUBLE_EQ(schedule.at({.step = Size(t), .steps = 6}), wanted[t]);
  EXPECT_DOUBLE_EQ((Warmup{.schedule = 0.8, .steps = 4, .start = 0.5}.at({.step = 1})), 0.6);
}

TEST(Warmup, OfACosineIsTheCosineThatHasOneItself) {
  const Schedule own = Cosine{.max = 0.8, .min = 0.2, .warmup = 3};
  const Schedule wrapped = Warmup{.schedule = Cosine{.max = 0.8, .min = 0.2}, .steps = 3};
  for (Size t = 0; t < 12; ++t) {
    const Moment moment{.step = t, .steps = 12, .epoch = t / 3, .epochs = 4};
    EXPECT_DOUBLE_EQ(own.at(moment), wrapped.at(moment)) << t;
  }
}

TEST(Warmup, CountsTheEpochsOfTheScheduleFromItsEnd) {
  // 3 steps to an epoch; 6 of warmup are 2 epochs, so that the first fall is in epoch 2 + 2
  const Warmup schedule{.schedule = StepSchedule{.base = 0.8, .gamma = 0.5, .every = 2},
                        .steps = 6};
  const auto at = [&](Size t) {
    return schedule.at({.step = t, .steps = 30, .epoch = t / 3, .epochs = 10});
  };
  EXPECT_DOUBLE_EQ(at(11), 0.8);
  EXPECT_DOUBLE_EQ(at(12), 0.4);
}

TEST(Warmup, KeepsTheMomentumOfTheSchedule) {
  const Schedule schedule = Warmup{.schedule = OneCycle{.max = 1}, .steps = 2};
  EXPECT_DOUBLE_EQ(*schedule.momentum({.step = 0, .steps = 22}), 0.95);
  EXPECT_DOUBLE_EQ(*schedule.momentum({.step = 7, .steps = 22}), 0.85);
  EXPECT_EQ(Schedule(Warmup{}).momentum({}), std::nullopt);
}

}  // namespace goodfit
