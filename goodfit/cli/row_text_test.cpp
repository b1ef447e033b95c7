#include "goodfit/cli/row_text.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace goodfit {
namespace {

std::string two_rows(bool json) {
  RowText table({"class", "p_a, b"}, json);
  table.add("say \"a\"");
  table.add(0.123456789);
  table.add("c");
  table.add(std::nan(""));
  return table.text();
}

TEST(RowText, CsvHasItsNamesOnceAndJsonInEachRow) {
  EXPECT_EQ(two_rows(false), "class,\"p_a, b\"\n\"say \"\"a\"\"\",0.123457\nc,nan\n");
  EXPECT_EQ(
      two_rows(true),
      "{\"class\":\"say \\\"a\\\"\",\"p_a, b\":0.123457}\n{\"class\":\"c\",\"p_a, b\":null}\n");
}

TEST(RowText, ANumberHasTheDigitsItAsksFor) {
  RowText table({"x"}, true);
  table.add(0.123456789, 9);
  table.add(true);
  EXPECT_EQ(table.text(), "{\"x\":0.123456789}\n{\"x\":1}\n");
}

}  // namespace
}  // namespace goodfit
