#include "goodfit/parts/schedules/sequence.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/schedules/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

void expect_lrs(const Sequence& schedule, Size steps_of_epoch, const std::vector<double>& wanted) {
  const Size steps = Size(wanted.size());
  for (Size t = 0; t < steps; ++t) {
    const Moment moment{
        .step = t, .steps = steps, .epoch = t / steps_of_epoch, .epochs = steps / steps_of_epoch};
    EXPECT_DOUBLE_EQ(schedule.at(moment), wanted[std::size_t(t)]) << "step " << t;
  }
}

}  // namespace

TEST(Sequence, GivesEachScheduleItsOwnStretchOfTheRun) {
  expect_lrs({.schedules = {LinearSchedule{.start = 0, .end = 0.8}, 0.5,
                            LinearSchedule{.start = 0.4, .end = 0}},
              .milestones = {2, 4},
              .unit = "step"},
             1, {0, 0.4, 0.5, 0.5, 0.4, 0.3, 0.2, 0.1});
}

TEST(Sequence, CountsEpochsWhenNotToldOtherwise) {
  const ExponentialSchedule halving{.base = 0.8, .gamma = 0.5};
  expect_lrs({.schedules = {0.1, halving}, .milestones = {2}}, 2,
             {0.1, 0.1, 0.1, 0.1, 0.8, 0.8, 0.4, 0.4});
}

TEST(Sequence, ShowsAScheduleOnlyTheLossesOfItsOwnEpochs) {
  const ReduceOnPlateau falls{.base = 0.8, .factor = 0.5, .patience = 0};
  const Sequence schedule{.schedules = {0.1, falls}, .milestones = {2}};
  const std::array losses{1.0, 1.0, 1.0, 1.0};
  const auto at = [&](Size epoch) {
    return schedule.at({.step = epoch,
                        .steps = 9,
                        .epoch = epoch,
                        .epochs = 9,
                        .history = std::span(losses).first(std::size_t(epoch))});
  };
  EXPECT_DOUBLE_EQ(at(3), 0.8) << "one loss of its own is no plateau";
  EXPECT_DOUBLE_EQ(at(4), 0.4);
}

TEST(Sequence, HasTheMomentumOfTheScheduleInForce) {
  const Schedule schedule = Sequence{.schedules = {0.1, OneCycle{}}, .milestones = {2}};
  EXPECT_EQ(schedule.momentum({.step = 1, .steps = 9, .epochs = 9}), std::nullopt);
  EXPECT_DOUBLE_EQ(*schedule.momentum({.step = 2, .steps = 9, .epochs = 9}), 0.95);
}

TEST(Sequence, RefusesMilestonesThatDoNotFitTheSchedules) {
  expect_error([] { Schedule(Sequence{.schedules = {}}); }, "sequence: schedules is empty");
  expect_error(
      [] {
        Schedule(Sequence{.schedules = {0.1, 0.2}});
      },
      "sequence: milestones has 0 numbers, but 2 schedules need 1: one for each but the first");
  expect_error(
      [] {
        Schedule(Sequence{.schedules = {0.1, 0.2, 0.3}, .milestones = {4, 4}});
      },
      "sequence: milestones must rise");
  Setting recipe{Setting::Table{{"lr", Setting::Table{{"sequence", Setting::List{0.1, 0.2}}}}}};
  recipe.located("", "r.toml:3:1");
  expect_error([&] { Schedule::read(*recipe.find("lr")); },
               "r.toml:3:1: lr: milestones has 0 numbers, but 2 schedules need 1");
}

}  // namespace goodfit
