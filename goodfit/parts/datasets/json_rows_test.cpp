#include "goodfit/parts/datasets/json_rows.hpp"

#include <cmath>

#include "goodfit/parts/datasets/table.hpp"
#include "goodfit/parts/datasets/table_format.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {
namespace {

const Table flats{.path = "t.jsonl",
                  .target = "price",
                  .columns = {{{"area", "number"}, {"city", "category", {"Berlin", "Rome"}}}}};
const Wanted prices{.target = Wanted::Target::numbers, .classes = {}, .missing = true};

Data data_of_json(std::string_view text, const Wanted& wanted = prices) {
  return flats.parse(table_of_json(text, "t.jsonl"), wanted);
}
std::string json_error(std::string_view text) {
  return error_of([&] { data_of_json(text); });
}

}  // namespace

TEST(JsonRows, ObjectsAreRowsOfATable) {
  const Data data = data_of_json(
      "{\"price\": 7, \"city\": \"Rome\", \"area\": 55.5}\n"
      "{\"city\": \"Berlin\", \"area\": 60, \"price\": 8e0}\n");
  EXPECT_EQ(data.features, (Names{"area", "city"}));
  EXPECT_EQ(data.train.features, (Floats{55.5, 2, 60, 1}));
  EXPECT_EQ(data.train.targets, (Floats{7, 8}));
}

TEST(JsonRows, WhatLacksIsAsMissingAsNull) {
  const Data data = data_of_json(
      "{\"price\": 7, \"city\": \"Rome\"}\n\n"
      "{\"price\": 8, \"area\": null, \"city\": \"Rome\"}\n"
      "{\"area\": 1, \"city\": \"Rome\", \"price\": null}\n");
  ASSERT_EQ(data.train.count(), 2);
  EXPECT_TRUE(std::isnan(data.train.features[0]) && std::isnan(data.train.features[2]));
  EXPECT_EQ(data.remarks, (Names{"1 rows without a target were left out"}));
}

TEST(JsonRows, ErrorsNameTheLineOfTheFile) {
  const std::string good = "{\"price\": 7, \"area\": 1, \"city\": \"Rome\"}\n";
  EXPECT_EQ(json_error(good + "\n" + good + "{\"price\": 7, \"area\": \"big\"}\n"),
            "t.jsonl:4: column \"area\": \"big\" is not a number");
  EXPECT_TRUE(says(json_error(good + "{\"price\": 7,\n"), "t.jsonl:2: this is not JSON"));
  EXPECT_TRUE(says(json_error(good + "[1, 2]\n"), "t.jsonl:2: is no object such as"));
  EXPECT_TRUE(says(json_error(good + "{\"price\": [7]}\n"), "t.jsonl:2: \"price\" holds a list;"));
  EXPECT_TRUE(says(json_error(good + "{\"area\": {}}\n"), "t.jsonl:2: \"area\" holds an object;"));
  EXPECT_TRUE(
      says(json_error("{\"area\": 1, \"city\": \"Rome\"}\n"), "no target column \"price\""));
}

TEST(JsonRows, AnyTextIsOneField) {
  const std::string text = table_of_json(
      "{\"1\": \"a\\tb\\nc\", \"2\": \"\\\"x\\\", y\", \"3\": true, \"4\": 9007199254740993}\n",
      "");
  const TableFormat format = table_format(text, Table{.delimiter = ";", .header = "no"});
  EXPECT_EQ(format.names, (Names{"1", "2", "3", "4"}));
  CsvRows rows(text, format.delimiter, "");
  ASSERT_TRUE(rows.next() && rows.next());
  const Names fields(rows.fields().begin(), rows.fields().end());
  EXPECT_EQ(fields, (Names{"a b c", "\"x\", y", "true", "9007199254740993"}));
  EXPECT_FALSE(rows.next());
}

TEST(JsonRows, TheTextDecidesNotTheName) {
  const TemporaryFolder folder;
  const std::string csv = folder.write("a.jsonl", "a,b\n1,2\n");
  EXPECT_EQ(read_table_text(csv), "a,b\n1,2\n");
  const std::string packed = folder.write("b.csv", gzipped("\xef\xbb\xbf {\"a\": 1}"));
  EXPECT_EQ(read_table_text(packed),
            "\x1e"
            "a\n1\n");
  EXPECT_TRUE(says(error_of([&] { read_table_text(folder.write("c.json", "[ {\"a\": 1}]")); }),
                   "c.json: is one JSON list; write its objects one per line"));
}

TEST(JsonRows, DamagedTextEndsInOneLineOrInData) {
  const std::string text =
      "{\"price\": 7, \"area\": 1.5, \"city\": \"Rome\"}\n{\"price\": null, \"city\": \"Oslo\"}\n";
  EXPECT_GE(mutate(text, 500, [](const std::string& bytes) { data_of_json(bytes); }), 50);
}

}  // namespace goodfit
