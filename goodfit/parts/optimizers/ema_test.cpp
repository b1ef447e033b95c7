#include "goodfit/parts/optimizers/ema.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

// The averages that are evaluated while sgd goes 8, 7, 6, 5.
std::vector<float> averages(const Optimizer& rule) {
  std::array w{9.0f}, average{0.0f}, momentum{0.0f}, shown{0.0f};
  const std::array<Span, 2> kept{average, momentum};
  std::vector<float> found;
  for (Size n = 1; n <= 4; ++n) {
    const Step now{.number = n, .lr = 0.5};
    rule.update(now, w, std::array{2.0f}, kept.data());
    EXPECT_FLOAT_EQ(w[0], 9.0f - float(n));
    rule.evaluated(now, w, kept.data(), shown);
    found.push_back(shown[0]);
  }
  return found;
}

}  // namespace

TEST(Ema, FourStepsByHand) {
  // 8; then ¾ 8 + ¼ 7 = 7.75; ¾ 7.75 + ¼ 6 = 7.3125; ¾ 7.3125 + ¼ 5 = 6.734375
  EXPECT_EQ(averages(Ema{.optimizer = Sgd{}, .decay = 0.75}),
            (std::vector<float>{8, 7.75, 7.3125, 6.734375}));
}

TEST(Ema, WarmsUp) {
  // d = 3/12, 4/13, 5/14: 8; ¼ 8 + ¾ 7 = 7.25; …
  const auto found = averages(Ema{.optimizer = Sgd{}, .decay = 0.75, .warmup = true});
  EXPECT_EQ(found[0], 8);
  EXPECT_EQ(found[1], 7.25);
  EXPECT_FLOAT_EQ(found[2], (4 * 7.25f + 9 * 6) / 13);
}

TEST(Ema, IsSteeredAndSteersAndRefusesItself) {
  const Optimizer outer = Lookahead{.optimizer = Ema{.optimizer = Sgd{}}};
  EXPECT_TRUE(outer.evaluates_others());
  EXPECT_FALSE(Optimizer(Lookahead{}).evaluates_others());
  expect_error([] { Optimizer(Ema{.optimizer = Ema{}}); }, "keeps \"average\" already");
  expect_error([] { Optimizer(Ema{.optimizer = Sam{}}); },
               "ema: sam takes several gradients for a step: put this optimizer inside of it");
}

}  // namespace goodfit
