#include "goodfit/parts/datasets/table.hpp"

#include <cmath>

#include "goodfit/base/toml.hpp"
#include "goodfit/parts/datasets/table_format.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {
namespace {

using Target = Wanted::Target;
const Wanted for_prices{.target = Target::numbers, .classes = {}, .missing = true};
const Wanted for_kinds{.target = Target::classes, .classes = {}, .missing = true};
const Wanted for_prediction{.target = Target::none, .width = 8, .classes = {}, .missing = true};

const Columns houses{{{"area", "number"},
                      {"city", "category", {"Berlin", "Paris"}},
                      {"sold", "date"},
                      {"new", "boolean"},
                      {"id", "ignore"}}};
const std::string houses_header = "id,area,city,sold,new,price\n";

Data table_of(std::string_view text, const Wanted& wanted = for_prices,
              const Columns& columns = houses, const std::string& target = "price") {
  return Table{.path = "t.csv", .target = target, .columns = columns}.parse(text, wanted);
}
std::string table_error(std::string_view text, const Wanted& wanted = for_prices,
                        const Columns& columns = houses, const std::string& target = "price") {
  return error_of([&] { table_of(text, wanted, columns, target); });
}

}  // namespace

TEST(Table, ColumnsOfEveryKindBecomeNumbers) {
  const Data data =
      table_of(houses_header + "7,55.5,Paris,1970-01-02,yes,100\n8,60,Berlin,1970-01-03,no,90\n");
  ASSERT_EQ(data.train.shape, Shape{8});
  EXPECT_EQ(data.features.front(), "area");
  EXPECT_EQ(data.features[2], "sold");
  EXPECT_EQ(data.features.back(), "new");
  EXPECT_EQ(data.train.targets, (Floats{100, 90}));
  const Floats& x = data.train.features;
  EXPECT_EQ((Floats{x[0], x[1], x[2], x[7]}), (Floats{55.5, 2, 1, 1}));
  EXPECT_EQ((Floats{x[8], x[9], x[10], x[15]}), (Floats{60, 1, 2, 0}));
  EXPECT_TRUE(data.remarks.empty());
}

TEST(Table, WhatIsMissingIsNaNAndMissingCategoriesAreAnyOther) {
  const Data data = table_of(houses_header + "7,?,NA,,nan,100\n");
  const Floats& x = data.train.features;
  for (const std::size_t i : {0, 2, 3, 4, 5, 6, 7}) EXPECT_TRUE(std::isnan(x[i])) << i;
  EXPECT_EQ(x[1], 0);
  const Columns with_missing{{{"c", "category", {"", "a"}}}};
  EXPECT_EQ(table_of("c,price\n,1\na,2\n", for_prices, with_missing).train.features,
            (Floats{1, 2}));
}

TEST(Table, AModelThatTakesNoMissingValuesIsTold) {
  EXPECT_EQ(table_error(houses_header + "7,1,Paris,1970-01-01,yes,1\n8,,Paris,1970-01-01,yes,1\n",
                        {.target = Target::numbers, .classes = {}}),
            "t.csv:3: column \"area\": the value is missing; begin the model with table_inputs, or "
            "fill it in");
}

TEST(Table, RowsWithoutATargetAreLeftOutAndCounted) {
  const Data data =
      table_of(houses_header +
               "1,1,Paris,1970-01-01,yes,\n2,2,Paris,1970-01-01,no,5\n3,3,Paris,1970-01-01,no,?\n");
  EXPECT_EQ(data.train.targets, Floats{5});
  EXPECT_EQ(data.train.features[0], 2);
  EXPECT_EQ(data.remarks, Names{"2 rows without a target were left out"});
  EXPECT_EQ(table_error(houses_header + "1,1,Paris,1970-01-01,yes,\n"),
            "t.csv: the target column \"price\" is empty in all rows");
}

TEST(Table, UnknownCategoriesAreTakenAlikeAndCounted) {
  const Data data =
      table_of(houses_header +
               "1,1,Oslo,1970-01-01,no,1\n1,1,Paris,1970-01-01,no,1\n1,1,Rome,1970-01-01,no,1\n");
  EXPECT_EQ(data.train.features[1], 0);
  EXPECT_EQ(data.train.features[17], 0);
  EXPECT_EQ(data.remarks,
            Names{"column \"city\": 2 of 3 rows have a value that the model does not know, first "
                  "\"Oslo\"; it is taken as any other rare one"});
}

TEST(Table, ForPredictionColumnsAreFoundByNameAndOthersDoNotMatter) {
  const Data data = table_of("new;city;extra;area;sold\nno;Paris;x;3;1970-01-01\n", for_prediction);
  EXPECT_EQ(data.train.features[0], 3);
  EXPECT_EQ(data.train.features[1], 2);
  EXPECT_TRUE(data.train.targets.empty());
  EXPECT_EQ(table_error("city,area,sold\nParis,3,1970-01-01\n", for_prediction),
            "t.csv:1: there is no column \"new\", which the model takes");
  EXPECT_EQ(table_error("city,areas,sold,new\nParis,3,1970-01-01,no\n", for_prediction),
            "t.csv:1: there is no column \"area\", which the model takes; did you call it "
            "\"areas\"?");
}

TEST(Table, WithoutAHeaderColumnsAreCounted) {
  Wanted narrow = for_prediction;
  narrow.width = 2;
  const Columns two{{{"0", "number"}, {"2", "number"}}};
  EXPECT_EQ(table_of("1,9,2\n3,8,4\n", for_prices, two, "1").train.features, (Floats{1, 2, 3, 4}));
  EXPECT_EQ(table_of("1,9,2\n3,8,4\n", for_prices, two, "1").train.targets, (Floats{9, 8}));
  EXPECT_EQ(table_of("1,2\n3,4\n", narrow, two, "1").train.features, (Floats{1, 2, 3, 4}));
  EXPECT_EQ(table_of("1,9,2\n3,8,4\n", narrow, two, "1").train.features, (Floats{1, 2, 3, 4}));
  EXPECT_EQ(table_error("1,2,3,4\n", narrow, two, "1"),
            "t.csv:1: has 4 columns, the model was made for 3");
}

TEST(Table, KeysAreNoFeaturesButAtHand) {
  const Columns keyed{{{"x", "number"}, {"owner", "key"}, {"day", "key"}}};
  const Data data =
      table_of("x,owner,day,price\n1,ann,2021-03-04,1\n2,bob,7,1\n3,ann,7,1\n", for_prices, keyed);
  EXPECT_EQ(data.features, Names{"x"});
  EXPECT_EQ(data.keys.at("owner")[0], data.keys.at("owner")[2]);
  EXPECT_NE(data.keys.at("owner")[0], data.keys.at("owner")[1]);
  EXPECT_EQ(data.keys.at("day"), (std::vector<double>{18690, 7, 7}));
}

TEST(Table, ClassesAreSortedAsInCsv) {
  const Columns x{{{"x", "number"}}};
  const Data data = table_of("x,price\n1,dear\n2,cheap\n", for_kinds, x);
  EXPECT_EQ(data.classes, (Names{"cheap", "dear"}));
  EXPECT_EQ(data.train.targets, (Floats{1, 0}));
  Wanted known = for_kinds;
  known.classes = {"cheap", "dear"};
  EXPECT_TRUE(
      says(table_error("x,price\n1,free\n", known, x), "\"free\" is not a class of the model"));
}

TEST(Table, EveryBadFieldHasItsOwnMessage) {
  const auto with = [](const std::string& row) { return table_error(houses_header + row + "\n"); };
  EXPECT_EQ(with("1,big,Paris,1970-01-01,no,1"),
            "t.csv:2: column \"area\": \"big\" is not a number");
  EXPECT_EQ(with("1,inf,Paris,1970-01-01,no,1"),
            "t.csv:2: column \"area\": \"inf\" is not a finite number; fill it in or leave the row "
            "out");
  EXPECT_EQ(with("1,1,Paris,today,no,1"),
            "t.csv:2: column \"sold\": \"today\" is not a date such as 2021-03-31");
  EXPECT_EQ(with("1,1,Paris,1970-01-01,maybe,1"),
            "t.csv:2: column \"new\": \"maybe\" is neither true nor false");
  EXPECT_EQ(with("1,1,Paris,1970-01-01,no,much"),
            "t.csv:2: column \"price\": \"much\" is not a number");
  EXPECT_EQ(with("1,1"), "t.csv:2: has 2 fields, the first line has 6");
  EXPECT_EQ(table_error(""), "t.csv: is empty; a row of fields for each sample is needed");
  EXPECT_EQ(table_error(houses_header), "t.csv: has a header line and no data below it");
  EXPECT_EQ(table_error("a,a\n1,2\n"), "t.csv:1: two columns are called \"a\"");
  EXPECT_EQ(table_error("id,area,city,sold,new,prise\n", for_prices),
            "t.csv:1: there is no target column \"price\"; did you mean \"prise\"?");
}

TEST(Table, SaysHowToGetItsColumns) {
  EXPECT_EQ(table_error(houses_header, for_prices, {}),
            "table.columns says of no column what it is; goodfit new t.csv writes a recipe that "
            "does");
}

TEST(Table, DelimiterAndHeaderAreFoundOut) {
  const auto format = [](std::string_view text) { return table_format(text, {.path = "t"}); };
  for (const char sign : {',', ';', '\t', '|', ' '}) {
    std::string text = "a,b\n1,2\nx,4\n";
    std::replace(text.begin(), text.end(), ',', sign);
    EXPECT_EQ(format(text).delimiter, sign);
    EXPECT_TRUE(format(text).header);
  }
  EXPECT_EQ(format("a;b\n1,5;2,5\n").delimiter, ';');
  EXPECT_EQ(format("\"a;b\",c\n1,2\n").delimiter, ',');
  EXPECT_FALSE(format("red,1\nblue,2\n").header);
  EXPECT_TRUE(format("name,kind\nred,warm\n").header);
  EXPECT_EQ(format(",x\n0,5\n").names, (Names{"unnamed 0", "x"}));
  EXPECT_EQ(format("1,2\n").names, (Names{"0", "1"}));
}

TEST(Table, ACommaMayStandForThePointOfNumbers) {
  const Columns x{{{"x", "number"}}};
  const Data data = table_of("x;price\n1,5;2\n-3;4,25\n", for_prices, x);
  EXPECT_EQ(data.train.features, (Floats{1.5, -3}));
  EXPECT_EQ(data.train.targets, (Floats{2, 4.25}));
  EXPECT_EQ(table_error("x;price\n1.5;2\n1,5;2\n", for_prices, x),
            "t.csv:3: column \"x\": \"1,5\" is not a number");
}

TEST(Columns, AreALineEachAndReadBackAsWritten) {
  const Setting setting = read_toml(R"(area = "number"
city = ["Berlin", "Paris"]
"sold on" = "date_dmy_time"
id = "ignore"
)",
                                    "t.toml");
  const Columns columns = Columns::read(setting);
  EXPECT_EQ(write_toml(columns.write()), write_toml(setting));
  EXPECT_EQ(columns.sizes(), (std::vector<Size>{0, 2, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_TRUE(says(error_of([] { Columns::read(read_toml("a = \"numbr\"", "t.toml")); }),
                   "did you mean \"number\"?"));
  EXPECT_TRUE(
      says(error_of([] { Columns::read(read_toml("a = []", "t.toml")); }), "at least one value"));
  EXPECT_EQ((Columns{{{"a", "number"}, {"b", "category", {"x"}}}}).cpp(),
            "{{{\"a\", \"number\"}, {\"b\", \"category\", {\"x\"}}}}");
}

TEST(Table, DamagedBytesNeverCrash) {
  const std::string text =
      houses_header + "7,55.5,\"Paris\",1970-01-02,yes,100\n8,,Oslo,1970-01-03 10:20,no,90\n";
  for (const Wanted& wanted : {for_prices, for_kinds, for_prediction})
    EXPECT_GT(mutate(text, 5000,
                     [&](const std::string& b) {
                       Table{.path = "t.csv", .target = "price", .columns = houses}.parse(b,
                                                                                          wanted);
                     }),
              1000);
}

}  // namespace goodfit
