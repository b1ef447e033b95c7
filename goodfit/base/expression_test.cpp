#include "goodfit/base/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

constexpr std::array<std::string_view, 2> names{"step", "epoch"};

double value(const std::string& text, double step = 0, double epoch = 0) {
  return Expression(text, names, "lr")(std::array{step, epoch});
}

std::string error(const std::string& text) {
  try {
    value(text);
  } catch (const Error& refused) {
    return refused.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST(Expression, CalculatesAsOnPaper) {
  EXPECT_EQ(value("1 + 2 * 3"), 7);
  EXPECT_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_EQ(value("7 - 2 - 1"), 4);
  EXPECT_EQ(value("8 / 4 / 2"), 1);
  EXPECT_EQ(value("2 ^ 3 ^ 2"), 512);
  EXPECT_EQ(value("-2 ^ 2"), -4);
  EXPECT_EQ(value("2 ^ -1"), 0.5);
  EXPECT_EQ(value("3 - -2"), 5);
  EXPECT_EQ(value("2 * -+-3"), 6);
  EXPECT_EQ(value(" .5e1 + 1e-1 "), 5.1);
}

TEST(Expression, KnowsVariablesFunctionsAndPi) {
  EXPECT_EQ(value("step * 10 + epoch", 3, 4), 34);
  EXPECT_EQ(value("sqrt(16) + exp(0) + log(1) + cos(pi)"), 4);
  EXPECT_EQ(value("pow(2, 10)"), 1024);
  EXPECT_EQ(value("min(3, 1, 2) + 10 * max(1, 2)"), 21);
  EXPECT_DOUBLE_EQ(value("0.1 * 0.95^epoch", 0, 2), 0.1 * 0.95 * 0.95);
  EXPECT_EQ(Expression("1 + 1", {}, "lr").text(), "1 + 1");
}

TEST(Expression, SaysWhereItCannotBeRead) {
  EXPECT_EQ(error("0.1 *"),
            "lr = \"0.1 *\" is not allowed: a number, a name or ( is missing at position 6");
  EXPECT_EQ(error(""), "lr = \"\" is not allowed: a number, a name or ( is missing at position 1");
  EXPECT_EQ(error("2 epoch"),
            "lr = \"2 epoch\" is not allowed: an operator is missing at position 3");
  EXPECT_EQ(error("(1 + 2"), "lr = \"(1 + 2\" is not allowed: ) is missing at position 7");
  EXPECT_EQ(error("1 + exp 2"), "lr = \"1 + exp 2\" is not allowed: ( is missing at position 9");
  EXPECT_EQ(error("1e999"),
            "lr = \"1e999\" is not allowed: this is no number that can be held at position 1");
  EXPECT_EQ(error("1 + max(2)"),
            "lr = \"1 + max(2)\" is not allowed: max takes 2 or more, not 1, at position 5");
  EXPECT_EQ(error("cos(1, 2)"),
            "lr = \"cos(1, 2)\" is not allowed: cos takes 1, not 2, at position 1");
  EXPECT_EQ(error("2 * epok"),
            "lr = \"2 * epok\", position 5: unknown name \"epok\"; did you mean \"epoch\"? known: "
            "step, epoch, pi, sqrt, exp, log, cos, pow, min, max");
}

TEST(Expression, RefusesWhatIsNestedTooDeeply) {
  const auto repeated = [](const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  EXPECT_EQ(value(repeated("(1+", 30) + "1" + repeated(")", 30)), 31);
  EXPECT_EQ(value("1" + repeated("+1", 1000)), 1001) << "long is not deep";
  for (const char* open : {"(", "2^", "(1+2*3^", "cos("})
    EXPECT_NE(error(repeated(open, 100000)).find("nested too deeply"), std::string::npos) << open;
}

}  // namespace goodfit
