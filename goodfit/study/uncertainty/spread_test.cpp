#include "goodfit/study/uncertainty/spread.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {
namespace {

TEST(PassSpread, TellsMeanDeviationAndQuantilesOfEachOutput) {
  PassSpread spread;
  const std::vector<float> y{1, 10, 2, 10, 3, 10, 4, 10, 5, 10};  // five passes of two numbers
  add_spread(y, 5, 2, 0.9, false, spread);
  EXPECT_FLOAT_EQ(spread.mean[0], 3);
  EXPECT_FLOAT_EQ(spread.deviation[0], std::sqrt(2.5f));
  EXPECT_FLOAT_EQ(spread.low[0], 1.2f);  // numpy.quantile(x, 0.05)
  EXPECT_FLOAT_EQ(spread.high[0], 4.8f);
  EXPECT_FLOAT_EQ(spread.low[1], 10);
  EXPECT_FLOAT_EQ(spread.deviation[1], 0);
  EXPECT_TRUE(spread.entropy.empty()) << "numbers are no shares";
}

TEST(PassSpread, TellsDisagreementOfPassesFromNoiseThatAllSee) {
  PassSpread spread;
  const std::vector<float> y{1, 0, 0.5, 0.5, 0, 1, 0.5, 0.5};  // two passes, two samples
  add_spread(y, 2, 2, 0.9, true, spread);
  for (const std::size_t row : {0u, 1u}) EXPECT_NEAR(spread.entropy[row], std::log(2.0), 1e-6);
  EXPECT_NEAR(spread.information[0], std::log(2.0), 1e-6);
  EXPECT_NEAR(spread.information[1], 0, 1e-6);
  EXPECT_FLOAT_EQ(spread.votes[0], 0.5f);
  EXPECT_FLOAT_EQ(spread.votes[1], 1);
}

}  // namespace
}  // namespace goodfit
