#include "goodfit/study/start/start.hpp"

#include <fmt/core.h>

#include "goodfit/base/random.hpp"
#include "goodfit/parts/datasets/images.hpp"
#include "goodfit/parts/datasets/npy_testing.hpp"
#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/table_inputs.hpp"

namespace goodfit {
namespace {

struct Starting : testing::Test {
  TemporaryFolder folder;
  std::string path;

  Start start(const std::string& text, const StartOptions& options = {}) {
    path = folder.write("t.csv", text);
    return start_of(path, options);
  }
  std::string error(const std::string& text, const StartOptions& options = {}) {
    const std::string said = error_of([&] { start(text, options); });
    const std::size_t at = said.find("t.csv");
    return said.substr(at == said.npos ? 0 : at);
  }
  // A table of one column, made by a function of the row, and a target that does not depend on it.
  template <class Make>
  ColumnNote note(Make make, int rows = 100) {
    std::string text = "c,x,y\n";
    for (int i = 0; i < rows; ++i)
      text += fmt::format("{},{},{}\n", make(i), i * 37 % 11, i * i % 13 / 2.0);
    return start(text).columns[0];
  }
};

TEST_F(Starting, ColumnsAreWhatTheyLookLike) {
  EXPECT_EQ(note([](int i) { return fmt::format("{}", i * 0.5); }).column.kind, "number");
  EXPECT_EQ(note([](int i) { return fmt::format("{}", i % 7); }).column.kind, "number");
  EXPECT_EQ(note([](int i) { return i % 3 ? "yes" : "no"; }).column.kind, "boolean");
  EXPECT_EQ(note([](int i) { return fmt::format("2021-03-{:02}", 1 + i % 31); }).column.kind,
            "date");
  EXPECT_EQ(note([](int i) { return fmt::format("{}.3.2021 10:00", 1 + i % 31); }).column.kind,
            "date_dmy_time");
  EXPECT_EQ(note([](int i) { return fmt::format("3/{}/2021", 1 + i % 31); }).column.kind,
            "date_mdy");
  EXPECT_EQ(note([](int i) { return fmt::format("202103{:02}", 1 + i % 31); }).column.kind, "date");
  const ColumnNote city = note([](int i) { return i % 2 ? "Berlin" : i == 0 ? "Rome" : "Paris"; });
  EXPECT_EQ(city.column.values, (Names{"Berlin", "Paris"}));
  EXPECT_EQ(city.remark, "1 rare value taken as unknown");
}

TEST_F(Starting, WhatSaysNothingIsIgnoredAndToldWhy) {
  const auto why = [&](auto make) {
    const ColumnNote is = note(make);
    EXPECT_EQ(is.column.kind, "ignore");
    return is.remark;
  };
  EXPECT_EQ(why([](int) { return "7"; }), "ignored: it is always the same");
  EXPECT_EQ(why([](int) { return "?"; }), "ignored: it is empty");
  EXPECT_TRUE(says(why([](int i) { return fmt::format("{}", i + 1000); }), "an id"));
  EXPECT_TRUE(says(why([](int i) { return fmt::format("user {}", i); }), "an id or a text"));
  EXPECT_TRUE(says(why([](int i) { return fmt::format("word {}", i % 90); }), "in most rows"));
  // Not one after the other, and no id by its name: a price may well be so.
  EXPECT_EQ(note([](int i) { return fmt::format("{}", i * i); }).column.kind, "number");
}

TEST_F(Starting, AMissingCategoryIsAValueAndAMissingNumberHasAnInput) {
  const Start is = start([] {
    std::string text = "c,x,y\n";
    for (int i = 0; i < 60; ++i)
      text += fmt::format("{},{},{}\n", i % 3 ? i % 3 == 1 ? "a" : "b" : "?",
                          i % 5 ? std::to_string(i % 7) : "", i % 11 / 2.0);
    return text;
  }());
  EXPECT_EQ(is.columns[0].column.values, (Names{"", "a", "b"}));
  EXPECT_NEAR(is.columns[1].missing, 0.2, 1e-9);
  const auto* inputs = is.recipe.model.front().as<TableInputs>();
  ASSERT_NE(inputs, nullptr);
  EXPECT_EQ(inputs->values, (std::vector<Size>{3, 0}));
  EXPECT_EQ(inputs->missing, std::vector<Size>{1});
}

TEST_F(Starting, TheTaskComesFromTheTarget) {
  const auto task = [&](auto make, const StartOptions& options = {}) {
    std::string text = "x,y\n";
    for (int i = 0; i < 200; ++i) text += fmt::format("{},{}\n", i * 37 % 101, make(i));
    return start(text, options).task.task;
  };
  EXPECT_EQ(task([](int i) { return fmt::format("{}", i * 0.3); }), "regression");
  EXPECT_EQ(task([](int i) { return fmt::format("{}", i * 7); }), "regression");
  EXPECT_EQ(task([](int i) { return i % 2 ? "good" : "bad"; }), "2 classes");
  EXPECT_EQ(task([](int i) { return fmt::format("{}", i % 2); }), "2 classes");
  EXPECT_EQ(task([](int i) { return fmt::format("{}", i % 5); }), "5 classes");
  EXPECT_EQ(task([](int i) { return fmt::format("{}", i % 5); }, {.task = "regression"}),
            "regression");
  EXPECT_EQ(task([](int i) { return fmt::format("{}", 1000 + i % 40); }, {.task = "classes"}),
            "40 classes");
}

TEST_F(Starting, BadTablesHaveTheirOwnMessages) {
  const auto table = [](auto x, auto y) {
    std::string text = "x,y\n";
    for (int i = 0; i < 100; ++i) text += fmt::format("{},{}\n", x(i), y(i));
    return text;
  };
  const auto number = [](int i) { return fmt::format("{}", i * 37 % 101 / 2.0); };
  EXPECT_EQ(error(table([&](int i) { return i == 6 ? "big" : number(i); }, number)),
            "t.csv:8: column \"x\": \"big\" is not a number, as 99 others of that column are; "
            "correct it, or leave it empty when it is not known");
  EXPECT_EQ(error(table(number, [](int) { return "yes"; })),
            "t.csv: the target column \"y\" is always \"yes\": there is nothing to learn");
  EXPECT_EQ(error(table(number, [&](int i) { return i == 6 ? "much" : number(i); })),
            "t.csv:8: column \"y\": \"much\" is not a number, as 99 others of that column are; "
            "correct it, or leave it empty when it is not known");
  EXPECT_TRUE(says(error(table(number, [](int i) { return fmt::format("text {}", i); })),
                   "too many for classes"));
  EXPECT_TRUE(says(error(table(number, [](int) { return ""; })), "is empty in all rows"));
  EXPECT_TRUE(says(error(table(number, number), {.target = "z"}), "unknown column \"z\""));
  EXPECT_TRUE(says(error("x\n1\n"), "has one column only"));
  EXPECT_TRUE(says(error(""), "is empty"));
  EXPECT_TRUE(says(error("x,y\n"), "no data below it"));
  EXPECT_EQ(error("x,y\n1,2\n3\n"), "t.csv:3: has 1 fields, the first line has 2");
  EXPECT_TRUE(says(error(table([](int) { return "1"; }, number)), "no column says anything"));
}

TEST_F(Starting, LeaksAndRepeatedRowsAreTold) {
  Random random(1, stream_of("leaks"));
  std::string text = "x,price_eur,noise,y\n", repeated = "a,b,y\n", kinds = "x,code,y\n";
  for (int i = 0; i < 300; ++i) {
    const double y = 100 + 10 * random.normal();
    text += fmt::format("{},{},{},{}\n", y + 5 * random.normal(), 0.9 * y, random.normal(), y);
    repeated += fmt::format("{},{},{}\n", i % 10 / 4.0, i % 10, i % 10 * 1.5);
    kinds += fmt::format("{},{},{}\n", random.normal(), i % 2 ? "p" : "q", i % 2 ? "paid" : "due");
  }
  const Start leaking = start(text);
  ASSERT_EQ(leaking.remarks.size(), 1u);
  EXPECT_TRUE(says(leaking.remarks[0], "column \"price_eur\" alone tells the target"));
  const Start twice = start(repeated);
  EXPECT_TRUE(says(twice.remarks.back(), "60 of 60 test rows and 24 of 24 validation rows"));
  const Start coded = start(kinds);
  EXPECT_TRUE(says(coded.remarks.at(0), "column \"code\" alone tells the target"));
}

TEST_F(Starting, ColumnsOfTheSplitAreKeptForIt) {
  std::string text = "id,owner,day,x,y\n";
  for (int i = 0; i < 200; ++i)
    text += fmt::format("{},{},2021-03-{:02},{},{}\n", i, i / 4 % 2 ? "ann" : "bob", 1 + i % 31,
                        i * 37 % 101, i * 11 % 17 / 2.0);
  const Start by_owner = start(text, {.group = "owner"});
  EXPECT_EQ(by_owner.columns[1].column.kind, "key");
  EXPECT_EQ(by_owner.recipe.split.group, "owner");
  EXPECT_EQ(start(text, {.time = "day"}).columns[2].column.kind, "date");
  EXPECT_EQ(start(text, {.time = "id"}).columns[0].column.kind, "key");
  EXPECT_TRUE(says(error(text, {.time = "dax"}), "did you mean \"day\"?"));
}

TEST_F(Starting, ColumnsAreWhatTheUserSays) {
  std::string text = "zip,x,y\n";
  for (int i = 0; i < 100; ++i) text += fmt::format("{},{},{}\n", i % 3, i % 7, i % 11 / 2.0);
  const Start is = start(text, {.kinds = {{"zip", "category"}, {"x", "ignore"}}});
  EXPECT_EQ(is.columns[0].column.values, (Names{"0", "1", "2"}));
  EXPECT_EQ(is.recipe.model.front().as<TableInputs>()->values, std::vector<Size>{3});
  EXPECT_TRUE(says(error(text, {.kinds = {{"zap", "ignore"}}}), "did you mean \"zip\"?"));
  EXPECT_TRUE(says(error(text, {.kinds = {{"zip", "numer"}}}), "did you mean \"number\"?"));
}

TEST_F(Starting, TheRecipeIsReadBackAsWritten) {
  std::string text = "a b,c,y\n";
  for (int i = 0; i < 100; ++i)
    text += fmt::format("{},{},{}\n", i * 37 % 101, i % 3 ? "u\"v" : "w", i % 7 / 2.0);
  const Start is = start(text);
  const std::string file = folder.write("r.toml", start_toml(is));
  EXPECT_EQ(read_recipe(file), is.recipe);
}

TEST_F(Starting, JsonRowsAreATable) {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += fmt::format("{{\"price\": {}, \"new\": {}, \"city\": \"{}\"{}}}\n", i * 37 % 17 / 2.0,
                        i % 3 ? "true" : "false", i % 2 ? "Rome" : "Paris",
                        i % 5 ? fmt::format(", \"area\": {}", i * 29 % 41) : "");
  const Start made = start(text, {.target = "price"});
  EXPECT_EQ(made.form, "a JSON object per line");
  ASSERT_EQ(made.columns.size(), 3u);
  EXPECT_EQ(made.columns[0].column.kind, "boolean");
  EXPECT_EQ(made.columns[1].column.values, (Names{"Paris", "Rome"}));
  EXPECT_EQ(made.columns[2].column.kind, "number");
  EXPECT_NEAR(made.columns[2].missing, 0.2, 1e-9);
}

TEST_F(Starting, SparseRowsAndArraysNeedNoColumns) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += fmt::format("{} {}:1 9:{}\n", i % 2 ? 1 : -1, 1 + i % 7, i);
  path = folder.write("t.libsvm", text);
  const Start sparse = start_of(path, {});
  EXPECT_EQ(sparse.task.task, "2 classes");
  EXPECT_EQ(sparse.form, "of shape [9]");
  EXPECT_TRUE(sparse.remarks.empty());
  EXPECT_EQ(sparse.recipe.model.front().as<TableInputs>()->values, std::vector<Size>(9));
  EXPECT_TRUE(says(error_of([&] { start_of(path, {.target = "y"}); }), "stands first in each row"));
  EXPECT_TRUE(says(error_of([&] { start_of(path, {.group = "y"}); }), "has no columns that"));

  Floats pixels, labels;
  for (int i = 0; i < 60; ++i) labels.push_back(float(i % 3));
  for (int i = 0; i < 60 * 4; ++i) pixels.push_back(float(i % 11));
  path = folder.write("t.npz", zipped({{"x.npy", npy_floats("(60, 2, 2)", pixels)},
                                       {"labels.npy", npy_floats("(60,)", labels)}},
                                      8));
  const Start images = start_of(path, {.target = "labels"});
  EXPECT_EQ(images.task.task, "3 classes");
  EXPECT_EQ(images.recipe.model.front().key(), "standardize");
  EXPECT_TRUE(says(images.remarks.at(0), " validation rows are in the training rows as well"));
  EXPECT_TRUE(says(error_of([&] { start_of(path, {}); }), "there is no array y or y_train"));
}

TEST_F(Starting, PicturesNeedNoColumns) {
  Random random(1, stream_of("pictures"));
  const auto write = [&](const std::string& root, Size channels, Size width) {
    for (int i = 0; i < 60; ++i) {
      Picture picture{40, width + i % 3, channels, {}};
      for (Size at = 0; at < picture.height * picture.width * channels; ++at)
        picture.pixels.push_back(static_cast<unsigned char>(random.below(256)));
      std::filesystem::create_directories(folder.path() + "/" + root + (i % 3 ? "/cat" : "/dog"));
      folder.write(fmt::format("{}/{}/{}.png", root, i % 3 ? "cat" : "dog", i), png(picture));
    }
    return start_of(folder.path() + "/" + root + "/", {});
  };
  const Start wide = write("wide", 3, 160);
  EXPECT_EQ(wide.rows, 60);
  EXPECT_EQ(wide.form, "in color, 40 × 160 to 40 × 162");
  EXPECT_EQ(wide.task.task, "2 classes");
  EXPECT_TRUE(says(wide.task.shown, "cat 66.7 %")) << wide.task.shown;
  const Images* images = wide.recipe.data->as<Images>();
  ASSERT_TRUE(images);
  EXPECT_EQ(images->height, 16);
  EXPECT_EQ(images->width, 64);
  EXPECT_EQ(images->channels, 3);
  EXPECT_EQ(wide.recipe.transforms.size(), 2u);
  EXPECT_EQ(wide.recipe.model.back().as<Dense>()->out, 2);
  EXPECT_EQ(std::count_if(wide.recipe.model.begin(), wide.recipe.model.end(),
                          [](const Layer& layer) { return layer.key() == "max_pool"; }),
            2);
  EXPECT_EQ(read_recipe(folder.write("w.toml", start_toml(wide))), wide.recipe);
  const Start gray = write("gray", 1, 40);
  EXPECT_EQ(gray.recipe.data->as<Images>()->channels, 1);
  EXPECT_EQ(gray.recipe.transforms.size(), 1u) << "letters are not mirrored";

  const auto error = [&](const std::string& of, const StartOptions& options) {
    return error_of([&] { start_of(folder.path() + "/" + of, options); });
  };
  EXPECT_TRUE(says(error("gray", {.target = "y"}), "the folders in it are the classes"));
  EXPECT_TRUE(says(error("gray", {.time = "y"}), "has no columns"));
  EXPECT_TRUE(says(error("gray/cat", {}), "is a folder without pictures"));
  folder.write("gray/cat/record.jsonl", "");
  EXPECT_TRUE(says(error("gray/cat", {}), "--resume"));
  folder.write("houses.xlsx", "PK");
  EXPECT_TRUE(says(error("houses.xlsx", {}), "save a spreadsheet as .csv"));
}

TEST_F(Starting, PicturesInTwoSplitsAndRareClassesAreTold) {
  for (int i = 0; i < 62; ++i) {
    const std::string name = i < 60 ? i % 2 ? "a" : "b" : "c";
    std::filesystem::create_directories(folder.path() + "/all/" + name);
    const auto shade = static_cast<unsigned char>(i % 5);
    folder.write(fmt::format("all/{}/{}.png", name, i),
                 png({8, 8, 1, std::vector<unsigned char>(64, shade)}));
  }
  const Start is = start_of(folder.path() + "/all", {});
  ASSERT_EQ(is.remarks.size(), 2u);
  EXPECT_EQ(is.remarks[0], "class \"c\" has 2 rows only, too few to learn from");
  EXPECT_TRUE(says(is.remarks[1], " validation rows are in the training rows as well"));
}

TEST_F(Starting, TablesAreKnownByTheirNames) {
  EXPECT_TRUE(is_table_name("a.JSONL.gz") && is_data_name("a.npz") && is_data_name("b.svm.gz"));
  EXPECT_FALSE(is_table_name("a.npz") || is_data_name("a.toml"));
  for (const char* name : {"a.csv", "a.tsv", "b.CSV.gz", "c.txt", "d.data"})
    EXPECT_TRUE(is_table_name(name)) << name;
  for (const char* name : {"a.toml", "a", "csv", "a.csv.zip"})
    EXPECT_FALSE(is_table_name(name)) << name;
}

}  // namespace
}  // namespace goodfit
