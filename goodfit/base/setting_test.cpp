#include "goodfit/base/setting.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

TEST(Setting, ATableKeepsItsOrderAndFindsItsEntries) {
  Setting table;
  EXPECT_TRUE(table.is_nothing());
  table["z"] = 1;
  table["a"]["b"] = "text";
  table["z"] = 2;
  ASSERT_EQ(table.table()->size(), 2u);
  EXPECT_EQ(table.table()->front().key, "z");
  EXPECT_EQ(*table.find("z"), Setting(2));
  EXPECT_EQ(*table.find("a")->find("b")->text(), "text");
  EXPECT_EQ(table.find("none"), nullptr);
  EXPECT_EQ(Setting(1).find("a"), nullptr);
}

TEST(Setting, EqualityIsThatOfKindAndValueAlone) {
  Setting a = 1, b = 1;
  b.located("x", "r.toml:1:1");
  EXPECT_EQ(a, b);
  EXPECT_NE(Setting(1), Setting(1.0));
  EXPECT_NE(Setting(true), Setting(1));
  EXPECT_NE(Setting("1"), Setting(1));
  EXPECT_EQ(Setting(Setting::List{1, "a"}), Setting(Setting::List{1, "a"}));
  const Setting xy = Setting::Table{{"x", 1}, {"y", 2}}, yx = Setting::Table{{"y", 2}, {"x", 1}};
  EXPECT_NE(xy, yx);
}

TEST(Setting, IsShownAsAUserWouldTypeIt) {
  EXPECT_EQ(Setting().shown(), "nothing");
  EXPECT_EQ(Setting(true).shown(), "true");
  EXPECT_EQ(Setting(0.5).shown(), "0.5");
  EXPECT_EQ(Setting("adam").shown(), "\"adam\"");
  EXPECT_EQ(Setting(Setting::List{1, 2}).shown(), "[1, 2]");
  EXPECT_EQ(Setting(Setting::Table{{"a", 1}, {"b", "x"}}).shown(), "{a = 1, b = \"x\"}");
  EXPECT_EQ(Setting(Setting::List{}).shown(), "[]");
}

TEST(Setting, ANumberIsWholeOrNot) {
  EXPECT_TRUE(Setting(1).is_number());
  EXPECT_TRUE(Setting(1.5).is_number());
  EXPECT_FALSE(Setting(true).is_number());
  EXPECT_FALSE(Setting("1").is_number());
}

TEST(Setting, LocatedNamesEveryNodeBelow) {
  Setting root;
  root["model"] = Setting::List{Setting(Setting::Table{{"p", 0.5}})};
  root.located("", "command line");
  const Setting& item = root.find("model")->list()->front();
  EXPECT_EQ(item.path, "model[0]");
  EXPECT_EQ(item.find("p")->place(), "command line: model[0].p");
  EXPECT_EQ(root.place(), "command line");
  Setting bare;
  bare.path = "lr";
  EXPECT_EQ(bare.place(), "lr");
}

}  // namespace
}  // namespace goodfit
