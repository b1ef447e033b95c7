#include "goodfit/compute/engine/pace.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace goodfit {
namespace {

struct Costs {
  double together, alone;
};

// Which of some steps are done alone; two from `disturbed` on take a hundred times as long.
std::vector<bool> steps_of(Pace& pace, Size count, Costs costs, Size disturbed = -2) {
  std::vector<bool> alone;
  for (Size step = 0; step < count; ++step) {
    alone.push_back(pace.alone());
    const double seconds = alone.back() ? costs.alone : costs.together;
    pace.took(step == disturbed || step == disturbed + 1 ? 100 * seconds : seconds);
  }
  return alone;
}

Size count_of(const std::vector<bool>& alone) {
  return Size(std::count(alone.begin(), alone.end(), true));
}

constexpr Size trial = 2 * Pace::tries;

TEST(Pace, TriesBothAndTakesTheFaster) {
  Pace pace;
  EXPECT_EQ(count_of(steps_of(pace, Pace::steps_before + Pace::tries, {1, 0.8})), 0);
  EXPECT_EQ(count_of(steps_of(pace, Pace::tries, {1, 0.8})), Pace::tries);
  EXPECT_EQ(count_of(steps_of(pace, Pace::steps_alone, {1, 0.8})), Pace::steps_alone);
  EXPECT_EQ(count_of(steps_of(pace, trial, {1, 1.8})), Pace::tries) << "it tries again";
  EXPECT_EQ(count_of(steps_of(pace, Pace::steps_together, {1, 0.8})), 0);
  EXPECT_EQ(count_of(steps_of(pace, trial, {1, 0.8})), Pace::tries) << "and again";
}

TEST(Pace, StaysTogetherWhereThatCostsLittle) {
  Pace pace;
  EXPECT_EQ(count_of(steps_of(pace, 1000, {1, 0.97})), Pace::tries);
}

TEST(Pace, IsNotMisledByStepsThatWereDisturbed) {
  const Size of_both = Pace::steps_before, of_one = of_both + Pace::tries;
  Pace together, alone;
  EXPECT_EQ(count_of(steps_of(together, 1000, {1, 1.8}, of_both)), Pace::tries);
  EXPECT_GT(count_of(steps_of(alone, 1000, {1, 0.8}, of_one)), 900);
}

}  // namespace
}  // namespace goodfit
