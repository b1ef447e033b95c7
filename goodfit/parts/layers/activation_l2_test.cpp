#include "goodfit/parts/layers/activation_l2.hpp"

#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/repeat.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

// Two samples: 1 + 4 and 0 + 0.25, so 0.5 · 5.25 / 2; 2 x · 0.5 / 2.
TEST(ActivationL2, AddsTheMeanOverTheSamples) {
  const AddedPenalty found = penalty_of(ActivationL2{.lambda = 0.5}, {2}, {1, -2, 0, 0.5});
  EXPECT_DOUBLE_EQ(found.value, 1.3125);
  expect_numbers(found.gradient, {0.5, -1, 0, 0.25});
}

TEST(ActivationL2, CountsTheSamplesThatAreThere) {
  const AddedPenalty found = penalty_of(ActivationL2{.lambda = 0.5}, {2}, {1, -2, 0, 0.5}, 7);
  EXPECT_DOUBLE_EQ(found.value, 1.3125);
  expect_numbers(found.gradient, {0.5, -1, 0, 0.25});
}

TEST(ActivationL2, SumsAllPositions) {
  EXPECT_DOUBLE_EQ(penalty_of(ActivationL2{.lambda = 2}, {3, 2, 2}, Numbers(24, -1)).value, 24);
}

TEST(ActivationL2, PassesItsInputOnAndCountsInTrainingAlone) {
  for (const Mode mode : {Mode::train, Mode::evaluate, Mode::sample}) {
    Built built({ActivationL2{}}, {2}, 2, mode);
    EXPECT_EQ(built.y.id, built.x.id);
    EXPECT_EQ(built.net.penalties().size(), mode == Mode::train ? 1u : 0u);
  }
  EXPECT_EQ(Layer(ActivationL2{}).signal(), Signal::passes);
}

TEST(ActivationL2, CountsEachTimeItStands) {
  const Built built({Repeat{3, {Dense{.out = 2}, ActivationL2{}}}}, {2}, 2);
  EXPECT_EQ(built.net.penalties().size(), 3u);
}

}  // namespace goodfit
