#include "goodfit/base/text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

#include "goodfit/base/random.hpp"

namespace goodfit {
namespace {

TEST(Text, NumbersAreAsShortAsTheyCanBe) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(3), "3");
  EXPECT_EQ(number_text(1e-5), "1e-05");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::quiet_NaN()), "nan");
}

TEST(Text, NumbersReadBackAsTheSameDouble) {
  Random random(1, 1);
  for (int i = 0; i < 1000; ++i) {
    const double number = random.normal() / random.uniform();
    EXPECT_EQ(std::strtod(number_text(number).c_str(), nullptr), number);
  }
}

TEST(Text, QuotesBackslashesAndControlCharactersAreEscaped) {
  EXPECT_EQ(in_quotes("adam"), "\"adam\"");
  EXPECT_EQ(in_quotes("a\"b\\c\n\t"), R"("a\"b\\c\n\t")");
  EXPECT_EQ(in_quotes("\x01\x7f"), R"("\u0001\u007f")");
  EXPECT_EQ(in_quotes("ü"), "\"ü\"");
}

}  // namespace
}  // namespace goodfit
