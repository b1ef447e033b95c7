#include "goodfit/base/clock.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>
#include <thread>

namespace goodfit {
namespace {

TEST(Clock, RunsForwardInSeconds) {
  const double start = seconds_now();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const double passed = seconds_now() - start;
  EXPECT_GE(passed, 0.02);
  EXPECT_LT(passed, 10);
}

TEST(Clock, UtcIsIso8601) {
  const std::string now = utc_now();
  ASSERT_EQ(now.size(), std::string("2025-03-01T12:00:00Z").size());
  for (std::size_t i = 0; i < now.size(); ++i) {
    const char pattern = "dddd-dd-ddTdd:dd:ddZ"[i];
    if (pattern == 'd')
      EXPECT_TRUE(now[i] >= '0' && now[i] <= '9') << now;
    else
      EXPECT_EQ(now[i], pattern) << now;
  }
  EXPECT_GE(now, "2024");
}

TEST(Clock, DurationsUseTheTwoLargestUnits) {
  EXPECT_EQ(duration_text(0), "0 ms");
  EXPECT_EQ(duration_text(0.0124), "12 ms");
  EXPECT_EQ(duration_text(3.21), "3.2 s");
  EXPECT_EQ(duration_text(250), "4 min 10 s");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
  EXPECT_EQ(duration_text(76 * 3600), "3 d 4 h");
}

TEST(Clock, RoundingNeverShowsSixtyOfAnything) {
  EXPECT_EQ(duration_text(0.0999), "0.1 s");
  EXPECT_EQ(duration_text(59.97), "1 min 0 s");
  EXPECT_EQ(duration_text(119.6), "2 min 0 s");
  EXPECT_EQ(duration_text(3599.7), "1 h 0 min");
  EXPECT_EQ(duration_text(86399), "1 d 0 h");
}

TEST(Clock, StrangeDurationsAreShownToo) {
  EXPECT_EQ(duration_text(-3.2), "-3.2 s");
  EXPECT_EQ(duration_text(std::numeric_limits<double>::infinity()), "unknown");
  EXPECT_EQ(duration_text(std::numeric_limits<double>::quiet_NaN()), "unknown");
}

}  // namespace
}  // namespace goodfit
