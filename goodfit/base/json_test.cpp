#include "goodfit/base/json.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "goodfit/base/error.hpp"
#include "goodfit/base/random.hpp"

namespace goodfit {
namespace {

TEST(Json, ASettingIsOneLineInTheOrderOfItsKeys) {
  Setting setting;
  setting["zeta"] = 1;
  setting["alpha"] = Setting::List{true, 2.0, "a \"b\"\n", Setting()};
  setting["beta"]["x"] = 0.1;
  EXPECT_EQ(to_json(setting), R"({"zeta":1,"alpha":[true,2.0,"a \"b\"\n",null],"beta":{"x":0.1}})");
  EXPECT_EQ(from_json(to_json(setting), "test"), setting);
}

TEST(Json, WhatJsonCannotSayIsNull) {
  const double infinity = std::numeric_limits<double>::infinity();
  const Setting::List list{std::numeric_limits<double>::quiet_NaN(), infinity, -infinity, {}};
  EXPECT_EQ(to_json(list), "[null,null,null,null]");
  EXPECT_EQ(to_json(Setting("\xff")), "\"\xEF\xBF\xBD\"");
}

TEST(Json, NumbersKeepTheirKindAndTheirBits) {
  const Setting::List list{1, 1.0, 0.1 + 0.2, 5e-324, std::numeric_limits<std::int64_t>::min()};
  EXPECT_EQ(from_json(to_json(list), "test"), Setting(list));
  EXPECT_EQ(from_json("18446744073709551615", "test"), Setting(18446744073709551615.0));
}

TEST(Json, NodesKnowTheirPathAndWhereTheyCameFrom) {
  const Setting setting = from_json(R"({"a": [{"b": 5}]})", "file.json");
  EXPECT_EQ(setting.find("a")->list()->front().find("b")->place(), "file.json: a[0].b");
}

TEST(Json, ASyntaxErrorNamesFileAndLine) {
  try {
    from_json("{\n\"a\": }", "file.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "file.json: this is not JSON: something is wrong or missing in line 2 near byte 8");
    EXPECT_EQ(error.exit_code, 2);
  }
  EXPECT_THROW(from_json("", "x"), Error);
  EXPECT_THROW(from_json("1e999", "x"), Error);
  EXPECT_THROW(from_json(std::string(100000, '['), "x"), Error);
  EXPECT_THROW(from_json(std::string(5000, '[') + std::string(5000, ']'), "x"), Error);
}

TEST(Json, RandomBytesAreReadOrRefused) {
  Random random(1, 1);
  const std::string letters = "{}[]\",:0123456789.eE+-truefalsn\\u \n\xff";
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (Size n = random.below(12); n > 0; --n)
      text += letters[std::size_t(random.below(Size(letters.size())))];
    try {
      to_json(from_json(text, "fuzz"));
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 1000);
  EXPECT_LT(refused, 20000);
}

}  // namespace
}  // namespace goodfit
