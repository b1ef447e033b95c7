// Laws that every schedule of the catalogue obeys. A new one is tested here without being named.
#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/parts/schedules/catalogue.hpp"
#include "tests/golden.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

const std::vector<double> losses{1,   0.5,  0.6, 0.4, std::nan(""), 0.4,
                                 0.4, 0.45, 0.5, 0.4, 0.4,          0.4};

// All moments of runs of several lengths, one epoch to a step, and a step too far.
std::vector<Moment> moments() {
  std::vector<Moment> all;
  for (const Size steps : {1, 2, 3, 7, 60})
    for (Size t = 0; t <= steps; ++t) {
      const std::size_t seen = std::min(std::size_t(t), losses.size());
      all.push_back({.step = t,
                     .steps = steps,
                     .epoch = t,
                     .epochs = steps,
                     .history = std::span(losses).first(seen)});
    }
  return all;
}

}  // namespace

TEST(Schedules, FollowPyTorch) {
  const auto& file = golden("schedules");
  const auto noisy = file["noisy"].get<std::vector<double>>();
  std::map<std::string, int> cases{{"constant", 1}, {"auto", 1}};  // which PyTorch does not have
  for (const auto& one : file["cases"]) {
    const Setting part = part_from(one);
    const Schedule schedule = Schedule::read(part);
    ++cases[std::string(schedule.key())];
    std::vector<double> lr, momentum;
    const Size steps = one["steps"], epochs = one.value("epochs", steps);
    for (Size t = 0; t < steps; ++t) {
      const Moment moment{.step = t,
                          .steps = steps,
                          .epoch = t * epochs / steps,
                          .epochs = epochs,
                          .history = std::span(noisy).first(std::size_t(t))};
      lr.push_back(schedule.at(moment));
      if (const auto moved = schedule.momentum(moment)) momentum.push_back(*moved);
    }
    expect_near(lr, one["lr"], 1e-14, part.shown());
    expect_near(momentum, one.value("momentum", nlohmann::json::array()), 1e-14, part.shown());
  }
  for (const std::string& name : Schedules::names())
    EXPECT_GE(cases[name], 1) << name << " needs cases in tools/golden/schedules.py";
}

TEST(Schedules, AreFiniteAndNeverBelowZero) {
  Schedules::each([]<class Part>() {
    Part changed;
    each_field<Part>([&](const auto& f) { change(f, changed.*f.at); });
    for (const Schedule& schedule : {Schedule(Part{}), Schedule(changed)})
      for (const Moment& moment : moments()) {
        const double lr = schedule.at(moment), momentum = schedule.momentum(moment).value_or(0);
        EXPECT_TRUE(std::isfinite(lr) && lr >= 0)
            << Part::card.key << " at " << moment.step << " of " << moment.steps << ": " << lr;
        EXPECT_TRUE(momentum >= 0 && momentum < 1) << Part::card.key << ": " << momentum;
      }
  });
}

TEST(Schedules, DependOnTheMomentAlone) {
  Schedules::each([]<class Part>() {
    const Schedule forwards = Part{}, backwards = Part{};
    const std::vector<Moment> all = moments();
    std::vector<double> there, back(all.size());
    for (const Moment& moment : all) there.push_back(forwards.at(moment));
    for (std::size_t i = all.size(); i-- > 0;) back[i] = backwards.at(all[i]);
    EXPECT_EQ(there, back) << Part::card.key;
  });
}

TEST(Schedules, CanBeScaled) {  // so that an lr range test can set any of them
  Schedules::each([]<class Part>() {
    const Schedule once = Part{}, twice = once.scaled(2);
    for (const Moment& moment : moments())
      EXPECT_DOUBLE_EQ(twice.at(moment), 2 * once.at(moment)) << Part::card.key;
    EXPECT_DOUBLE_EQ(twice.height(60, 6), 2 * once.height(60, 6)) << Part::card.key;
  });
  EXPECT_EQ(Schedule(0.1).scaled(3), Schedule(0.3)) << "as people write it";
  EXPECT_EQ(Schedule(Warmup{.schedule = Cosine{.max = 0.1}}).scaled(3),
            Schedule(Warmup{.schedule = Cosine{.max = 0.3}}));
  EXPECT_EQ(Schedule(Sequence{{0.1, 0.2}, {5}}).scaled(3), Schedule(Sequence{{0.3, 0.6}, {5}}));
}

TEST(Schedules, AreAsHighAsTheirHighestLr) {
  EXPECT_EQ(Schedule(Cosine{.max = 0.5}).height(40, 4), 0.5);
  EXPECT_NEAR(Schedule(OneCycle{.max = 0.5}).height(1000, 10), 0.5, 1e-12);
  EXPECT_EQ(Schedule(StepSchedule{.base = 0.5, .every = 1}).height(40, 4), 0.5);
  EXPECT_DOUBLE_EQ(Schedule(LinearSchedule{.start = 0.1, .end = 0.5}).height(5, 5), 0.42);
}

TEST(Schedules, SayOnTheirCardWhetherTheyMovePerStepOrPerEpoch) {
  for (const PartText& part : Schedules::texts())
    EXPECT_TRUE(part.about.find("per step") != std::string::npos ||
                part.about.find("per epoch") != std::string::npos || part.key == "constant")
        << part.key << ": " << part.about;
}

TEST(Schedules, RefuseASettingOutsideItsRange) { expect_ranges_are_kept<Schedules>(); }
TEST(Schedules, CanBeNamedInARecipe) { expect_parts_can_be_named<Schedule, Schedules>(); }
TEST(Schedules, SurviveWritingAndReading) { expect_parts_survive_writing<Schedule, Schedules>(); }

}  // namespace goodfit
