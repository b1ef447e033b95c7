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

TEST(Text, RoundedToThreeDigits) {
  EXPECT_EQ(rounded_text(1 / 3.0), "0.333");
  EXPECT_EQ(rounded_text(12345), "1.23e+04");
}

TEST(Text, AFormIsFilledWithWhateverHasAText) {
  EXPECT_EQ(formatted("p = {} is not allowed", 1.5), "p = 1.5 is not allowed");
  EXPECT_EQ(formatted("{}{}{}", 'a', "b", std::string("c")), "abc");
  EXPECT_EQ(formatted("{} {} {}", true, 0.1f, std::string_view("x").substr(1)), "true 0.1 ");
  EXPECT_EQ(formatted("{} {}", std::numeric_limits<std::int64_t>::min(),
                      std::numeric_limits<std::uint64_t>::max()),
            "-9223372036854775808 18446744073709551615");
  EXPECT_EQ(formatted("{} {}", short{-1}, 2u), "-1 2");
  EXPECT_EQ(formatted("lr = {{ max = {} }}", 3), "lr = { max = 3 }");
  EXPECT_EQ(formatted("{}", "{}"), "{}");
}

TEST(Text, ListsAreJoined) {
  const std::vector<std::int64_t> shape{28, 28, 1};
  EXPECT_EQ(joined(shape, ", "), "28, 28, 1");
  EXPECT_EQ(joined(std::vector<double>{0.5, 2}, " "), "0.5 2");
  EXPECT_EQ(joined(std::vector<std::string>{"cat"}, " "), "cat");
  EXPECT_EQ(joined(std::vector<double>{}, " "), "");
}

TEST(Text, QuotesBackslashesAndControlCharactersAreEscaped) {
  EXPECT_EQ(in_quotes("adam"), "\"adam\"");
  EXPECT_EQ(in_quotes("a\"b\\c\n\t"), R"("a\"b\\c\n\t")");
  EXPECT_EQ(in_quotes("\x01\x7f"), R"("\u0001\u007f")");
  EXPECT_EQ(in_quotes("ü"), "\"ü\"");
}

}  // namespace
}  // namespace goodfit
