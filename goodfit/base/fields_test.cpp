#include "goodfit/base/fields.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/base/part.hpp"
#include "goodfit/base/toml.hpp"

namespace goodfit {
namespace {

struct Point {
  double x = 0;
  static Point read(const Setting& from) {
    Point point;
    read_member(from, point.x);
    return point;
  }
  Setting write() const { return x; }
  std::string cpp() const { return cpp_member(x); }
  friend bool operator==(const Point&, const Point&) = default;
};

struct Sample {
  bool flag = false;
  Size units = 64;
  int small = 3;
  std::uint64_t seed = 0;
  double p = 0.5;
  std::string name = "any";
  std::string mode = "same";
  std::vector<double> betas{0.9, 0.999};
  std::vector<std::vector<Size>> nested{};
  Point point{};
  friend bool operator==(const Sample&, const Sample&) = default;

  static constexpr Card card{"sample", "One field of every kind."};
  static constexpr auto fields() {
    return Fields{field("flag", &Sample::flag, "a flag"),
                  field("units", &Sample::units, at_least(1), "how many"),
                  field("small", &Sample::small, any_number, "an int"),
                  field("seed", &Sample::seed, "a seed"),
                  field("p", &Sample::p, share, "a probability"),
                  field("name", &Sample::name, "any text"),
                  field("mode", &Sample::mode, Choices{"same", "valid"}, "a word"),
                  field("betas", &Sample::betas, share, "a list"),
                  field("nested", &Sample::nested, at_least(0), "lists in a list"),
                  field("point", &Sample::point, "reads itself")};
  }
};

struct Required {  // its default lies outside its range, so a recipe must say it
  Size out = 0;
  static constexpr Card card{"required", "Needs its size."};
  static constexpr auto fields() {
    return Fields{field("out", &Required::out, at_least(1), "units")};
  }
};

struct Interval {  // each setting may be what it likes, but not both
  double low = 0, high = 1;
  static constexpr Card card{"interval", "From low to high."};
  static constexpr auto fields() {
    return Fields{field("low", &Interval::low, "begin"), field("high", &Interval::high, "end")};
  }
  std::string conflict() const { return low <= high ? "" : "low is above high"; }
};

template <class C>
std::string error_of(const std::string& text) {
  try {
    read_fields<C>(*read_toml("[part]\n" + text, "r.toml").find("part"));
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, 2);
    return error.what();
  }
  return "no error";
}
Sample read_sample(const std::string& text) {
  return read_fields<Sample>(read_toml(text, "r.toml"));
}

TEST(Range, PrintsWhatItHolds) {
  EXPECT_EQ(share.text(), "at least 0 and below 1");
  EXPECT_EQ(above(0).text(), "above 0");
  EXPECT_EQ(at_least(1).text(), "at least 1");
  EXPECT_EQ(within(-1, 1.5).text(), "at least -1 and at most 1.5");
  EXPECT_EQ((Range{.high = 2}).text(), "at most 2");
  EXPECT_EQ(any_number.text(), "");
}

TEST(Range, HoldsItsEndsUnlessTheyAreLeftOut) {
  EXPECT_TRUE(share.holds(0));
  EXPECT_FALSE(share.holds(1));
  EXPECT_FALSE(above(0).holds(0));
  EXPECT_TRUE(within(0, 1).holds(1));
  EXPECT_FALSE(within(0, 1).holds(1.001));
  EXPECT_FALSE(any_number.holds(std::nan("")));
}

TEST(ReadFields, EveryKindIsRead) {
  const Sample sample = read_sample(R"(type = "sample"
flag = true
units = 1e3
small = -3
seed = 9
p = 0
name = "x"
mode = "valid"
betas = [0, 0.5]
nested = [[1, 2], []]
point = 4)");
  const Sample wanted{true, 1000, -3, 9, 0, "x", "valid", {0, 0.5}, {{1, 2}, {}}, {4}};
  EXPECT_EQ(sample, wanted);
  EXPECT_EQ(read_sample(""), Sample{});
}

TEST(ReadFields, AValueOutOfRangeNamesPlaceValueAndRange) {
  EXPECT_EQ(error_of<Sample>("p = 1.5"),
            "r.toml:2:5: part.p = 1.5 is not allowed: must be at least 0 and below 1");
  EXPECT_EQ(error_of<Sample>("units = 0"),
            "r.toml:2:9: part.units = 0 is not allowed: must be at least 1");
  EXPECT_EQ(error_of<Sample>("p = nan"),
            "r.toml:2:5: part.p = nan is not allowed: must be at least 0 and below 1");
  EXPECT_EQ(error_of<Sample>("betas = [0.5, 1.0]"),
            "r.toml:2:9: part.betas = 1 is not allowed: must be at least 0 and below 1");
  EXPECT_NE(error_of<Sample>("nested = [[0], [-1]]").find("nested = -1"), std::string::npos);
}

TEST(ReadFields, AWrongTypeSaysWhichIsWanted) {
  const auto expect = [](const std::string& text, const std::string& wanted) {
    const std::string said = error_of<Sample>(text);
    EXPECT_NE(said.find(" is not allowed: must be " + wanted), std::string::npos) << said;
    EXPECT_EQ(said.substr(0, 9), "r.toml:2:") << said;
  };
  expect("flag = 1", "true or false");
  expect("units = 1.5", "a whole number");
  expect("units = nan", "a whole number");
  expect("units = \"1\"", "a whole number");
  expect("small = 3000000000", "a whole number below 2147483648");
  expect("seed = -1", "a whole number, at least 0");
  expect("p = true", "a number");
  expect("name = 1", "a text in quotes");
  expect("betas = 0.5", "a list");
  expect("betas = [true]", "a number");
  expect("nested = [1]", "a list");
  EXPECT_THROW(read_fields<Sample>(Setting(1)), Error);
}

TEST(ReadFields, AnUnknownKeyOrChoiceOffersTheNearest) {
  EXPECT_NE(error_of<Sample>("unit = 1")
                .find("r.toml:2:8: unknown setting of sample \"unit\"; did you mean \"units\"? "
                      "known: flag, "),
            std::string::npos);
  EXPECT_EQ(error_of<Sample>("mode = \"vald\""),
            "r.toml:2:8: part.mode: unknown choice \"vald\"; did you mean \"valid\"? known: same, "
            "valid");
}

TEST(ReadFields, ASettingWithoutUsableDefaultIsRequired) {
  EXPECT_EQ(error_of<Required>(""), "r.toml:1:1: part.out = 0 is not allowed: must be at least 1");
  EXPECT_EQ(error_of<Required>("out = 2"), "no error");
}

TEST(WriteFields, AllOrOnlyWhatChanged) {
  const Sample sample{.p = 0.25, .nested = {{1}, {}}};
  EXPECT_EQ(write_fields(sample, Which::changed).shown(),
            "{type = \"sample\", p = 0.25, nested = [[1], []]}");
  EXPECT_EQ(write_fields(sample).table()->size(), 11u);
  EXPECT_EQ(write_fields(Sample{}, Which::changed).shown(), "{type = \"sample\"}");
}

TEST(WriteFields, WhatIsWrittenIsReadBack) {
  const Sample sample{true, 5, -1, 1ull << 62, 0.1, "a\n\"b\"", "valid", {}, {{}, {3}}, {1e-300}};
  for (const Which which : {Which::all, Which::changed}) {
    EXPECT_EQ(read_fields<Sample>(write_fields(sample, which)), sample);
    EXPECT_EQ(read_sample(write_toml(write_fields(sample, which))), sample);
  }
}

TEST(CppText, SaysWhatDiffersAsAnInitializer) {
  EXPECT_EQ(cpp_text(Sample{}), "Sample{}");
  EXPECT_EQ(cpp_text(Sample{.flag = true,
                            .units = 8,
                            .seed = 18446744073709551615u,
                            .p = 0.25,
                            .name = "a\"b",
                            .betas = {},
                            .nested = {{1, 2}, {}},
                            .point = {1.5}}),
            "Sample{.flag = true, .units = 8, .seed = 18446744073709551615, .p = 0.25, "
            ".name = \"a\\\"b\", .betas = {}, .nested = {{1, 2}, {}}, .point = 1.5}");
  EXPECT_EQ(cpp_member(-INFINITY), "-INFINITY");
}

TEST(Check, RefusesAPartThatAProgramMade) {
  EXPECT_EQ(check(Sample{.p = 0.1}).p, 0.1);
  try {
    check(Sample{.p = 2});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "sample.p = 2 is not allowed: must be at least 0 and below 1");
  }
  EXPECT_THROW(check(Sample{.mode = "none"}), Error);
  EXPECT_THROW(check(Sample{.betas = {1}}), Error);
}

TEST(FieldTexts, SayKeyKindDefaultAndWhatIsAllowed) {
  const std::vector<FieldText> texts = field_texts<Sample>();
  ASSERT_EQ(texts.size(), 10u);
  const auto said = [&](std::size_t i) {
    const FieldText& t = texts[i];
    return t.key + "|" + t.kind + "|" + t.standard + "|" + t.allowed + "|" + t.about;
  };
  EXPECT_EQ(said(0), "flag|true or false|false||a flag");
  EXPECT_EQ(said(1), "units|whole number|64|at least 1|how many");
  EXPECT_EQ(said(4), "p|number|0.5|at least 0 and below 1|a probability");
  EXPECT_EQ(said(6), "mode|text|\"same\"|same | valid|a word");
  EXPECT_EQ(said(7), "betas|list|[0.9, 0.999]|at least 0 and below 1|a list");
  EXPECT_EQ(said(9), "point|settings|0||reads itself");
}

TEST(Fields, SettingsThatDoNotFitEachOtherAreRefused) {
  EXPECT_EQ(error_of<Interval>("low = 0.5"), "no error");
  EXPECT_EQ(error_of<Interval>("low = 2"), "r.toml:1:1: part: low is above high");
  EXPECT_THROW(check(Interval{.low = 2}), Error);
  try {
    read_fields<Interval>(Setting::Table{{"low", 2.0}});
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "interval: low is above high");
  }
}

}  // namespace
}  // namespace goodfit
