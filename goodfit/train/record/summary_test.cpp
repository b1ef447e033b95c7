#include "goodfit/train/record/summary.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace goodfit {

TEST(Summary, IsMeanVarianceZerosAndBins) {
  const Summary is = summary_of(std::vector<float>{0, 0, 3, -3});
  EXPECT_DOUBLE_EQ(is.mean, 0);
  EXPECT_DOUBLE_EQ(is.variance, 4.5);
  EXPECT_DOUBLE_EQ(is.zeros, 0.5);
  EXPECT_NEAR(is.high, 3 * std::sqrt(4.5), 1e-12);
  EXPECT_EQ(is.counts[Summary::bins / 2], 2);
  const Summary same = summary_of(std::vector<float>{7, 7});
  EXPECT_EQ(same.variance, 0);
  EXPECT_EQ(same.counts[Summary::bins / 2], 2);
  EXPECT_EQ(summary_of({}).square(), 0);
}

TEST(Change, IsAShareOfWhatWasBefore) {
  std::vector<float> before(19, 2), now(19, 2);  // more than the columns of a sum, and a rest
  now[0] = now[18] = 5;
  EXPECT_DOUBLE_EQ(change_of(before, now).value(), std::sqrt(18.0 / 76));
  EXPECT_FALSE(change_of(std::vector<float>{0, 0}, std::vector<float>{1, 1}));
}

TEST(Summary, IsReadAsItWasWritten) {
  const Summary summary = summary_of(std::vector<float>{0, 0, 3, -3, 1});
  const Summary read = summary_from(to_setting(summary));
  EXPECT_NEAR(read.variance, summary.variance, 1e-4);
  EXPECT_EQ(read.zeros, 0.4);
  EXPECT_EQ(read.counts, summary.counts);
}

TEST(Summary, WhatIsNoNumberIsCountedAndComesBackAsNone) {
  const float infinite = std::numeric_limits<float>::infinity();
  const Summary read = summary_from(to_setting(summary_of(std::vector<float>{1, infinite})));
  EXPECT_TRUE(std::isnan(read.mean));
  Size all = 0;
  for (const Size count : read.counts) all += count;
  EXPECT_EQ(all, 2);
}

}  // namespace goodfit
