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

template <class F>
const F& first_of(const FieldAt<0, F>& fields) {
  return fields.field;
}
void double_lr(double& lr) { lr *= 2; }
void double_lr(Schedule& inner) { inner = 2 * inner.at({}); }  // of those that wrap a constant
void double_lr(std::vector<Schedule>& inner) {
  for (Schedule& one : inner) double_lr(one);
}

}  // namespace

TEST(Schedules, FollowPyTorch) {
  const auto& file = golden("schedules");
  const auto noisy = file["noisy"].get<std::vector<double>>();
  std::map<std::string, int> cases{{"constant", 1}};  // which PyTorch has no schedule for
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

TEST(Schedules, ScaleWithTheirFirstSetting) {  // so that an lr range test can set any of them
  Schedules::each([]<class Part>() {
    Part twice;
    if constexpr (requires { twice.expression; })
      twice.scale *= 2;  // the first setting is a text
    else
      double_lr(twice.*first_of(Part::fields()).at);
    for (const Moment& moment : moments())
      EXPECT_DOUBLE_EQ(twice.at(moment), 2 * Part{}.at(moment)) << Part::card.key;
  });
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
