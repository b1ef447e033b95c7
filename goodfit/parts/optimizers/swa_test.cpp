#include "goodfit/parts/optimizers/swa.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit {
namespace {

// What is evaluated after each of 12 steps, 2 an epoch, while sgd goes 11, 10, … 0.
std::vector<float> evaluated(const Optimizer& rule) {
  std::array w{12.0f}, average{0.0f}, momentum{0.0f}, shown{0.0f};
  const std::array<Span, 2> kept{average, momentum};
  std::vector<float> found;
  for (Size n = 1; n <= 12; ++n) {
    const Step now{.number = n, .lr = 0.5, .steps = 12, .steps_of_epoch = 2};
    rule.update(now, w, std::array{2.0f}, kept.data());
    rule.evaluated(now, w, kept.data(), shown);
    found.push_back(shown[0]);
  }
  return found;
}

}  // namespace

TEST(Swa, IsTheMeanOfTheEpochsBehindItsStart) {
  // half of 12 steps are over after epoch 3; epochs 4, 5 and 6 end at weights 4, 2 and 0
  EXPECT_EQ(evaluated(Swa{.optimizer = Sgd{}, .start = 0.5}),
            (std::vector<float>{11, 10, 9, 8, 7, 6, 5, 4, 4, 3, 3, 2}));
}

TEST(Swa, MayCountEveryOtherEpoch) {
  // epochs 2, 4 and 6 end at weights 8, 4 and 0; a start inside of epoch 2 lets it count
  EXPECT_EQ(evaluated(Swa{.optimizer = Sgd{}, .start = 0.3, .every = 2}),
            (std::vector<float>{11, 10, 9, 8, 8, 8, 8, 6, 6, 6, 6, 4}));
}

}  // namespace goodfit
