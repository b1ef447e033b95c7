#include "goodfit/parts/datasets/dates.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {

const auto ymd = DateForm::ymd, dmy = DateForm::dmy, mdy = DateForm::mdy;

TEST(Dates, AreReadAsPeopleWriteThem) {
  const double day = 18690;  // of 4 March 2021, by date -d 2021-03-04 +%s
  for (const char* text : {"2021-03-04", "2021/3/4", "20210304", "2021.03.04"})
    EXPECT_EQ(days_of(text, ymd), day) << text;
  EXPECT_EQ(days_of("4.3.2021", dmy), day);
  EXPECT_EQ(days_of("04/03/2021", dmy), day);
  EXPECT_EQ(days_of("3/4/2021", mdy), day);
  EXPECT_EQ(days_of("1970-01-01", ymd), 0);
  EXPECT_EQ(days_of("1969-12-31", ymd), -1);
}

TEST(Dates, MayHaveATimeOfTheDay) {
  for (const char* text : {"1970-01-02 06:00", "1970-01-02T06:00:00", "1970-01-02T06:00:00.123Z",
                           "1970-01-02 06:00:00+01:00", "1970-01-02 06:00:00 UTC"})
    EXPECT_EQ(days_of(text, ymd), 1.25) << text;
  for (const char* text : {"1970-01-02 25:00", "1970-01-02 06", "1970-01-02 06:00 noon",
                           "1970-01-02x", "1970-01-02 06:61"})
    EXPECT_EQ(days_of(text, ymd), std::nullopt) << text;
}

TEST(Dates, OtherTextsAreNone) {
  for (const char* text :
       {"", "2021", "2021-13-01", "2021-02-29", "2021-3", "12.5", "hello", "2021-03/04", "3/4/21"})
    for (const DateForm form : {ymd, dmy, mdy})
      EXPECT_EQ(days_of(text, form), std::nullopt) << text;
  EXPECT_EQ(days_of("13/4/2021", mdy), std::nullopt);
}

TEST(Dates, GoRoundWithTheYearTheWeekAndTheDay) {
  std::vector<float> a, b;
  add_date(18690.25, true, a);
  add_date(18690.25 + 7, true, b);
  ASSERT_EQ(a.size(), date_names("t", true).size());
  EXPECT_FLOAT_EQ(a[0], 18690.25f);
  for (const std::size_t i : {3, 4, 5, 6}) EXPECT_NEAR(a[i], b[i], 1e-4);  // week and day
  EXPECT_NEAR(a[5], 1, 1e-5);                                              // six in the morning
  EXPECT_GT(std::abs(a[1] - b[1]), 0.01);
  std::vector<float> plain;
  add_date(0, false, plain);
  EXPECT_EQ(plain.size(), date_names("t", false).size());
}

}  // namespace goodfit
