#include "goodfit/parts/losses/kl.hpp"

#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {

TEST(Kl, IsZeroWhereTheSharesAreMet) {
  EXPECT_NEAR(loss_of(Kl{}, 3, {std::log(1.0), std::log(2.0), std::log(5.0)}, {0.125, 0.25, 0.625}),
              0, 1e-12);
}

TEST(Kl, IsTheMeanLogOfTheQuotients) {
  // p = (1/4, 3/4), wanted (1/2, 1/2).
  EXPECT_NEAR(loss_of(Kl{}, 2, {0, std::log(3.0)}, {0.5, 0.5}),
              0.5 * std::log(2.0) + 0.5 * std::log(2.0 / 3), 1e-12);
}

TEST(Kl, IsCrossEntropyForOneClass) {
  const std::vector<double> logits{1, -2, 0.5, 3, 0, 4};
  EXPECT_NEAR(loss_of(Kl{}, 3, logits, {0, 0, 1, 0, 1, 0}),
              loss_of(CrossEntropy{}, 3, logits, {2, 1}), 1e-12);
}

TEST(Kl, IsForShares) { EXPECT_EQ(Loss(Kl{}).meaning(), Meaning::distribution); }

}  // namespace goodfit
