// goodfit new and goodfit train on a table of somebody's own.
#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "goodfit/parts/datasets/picture.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

// What people have: an id, a date, categories, yes and no, gaps, and a price that all of them make.
struct CliTable : CommandTest {
  CliTable() {
    folder.write("houses.csv", houses(400, true));
    folder.write("kinds.csv", flowers(150));
  }
  static std::string houses(int rows, bool priced) {
    Random random(5, stream_of("houses"));
    std::string text = std::string("id;sold;city;area;garden") + (priced ? ";price\n" : "\n");
    for (int i = 0; i < rows; ++i) {
      const Size city = random.below(3), garden = random.below(2);
      const double area = 50 + 100 * random.uniform();
      const std::string gap = random.below(10) == 0 ? "NA" : fmt::format("{:.1f}", area);
      text += fmt::format("{};2021-{:02}-10;{};{};{}", i, 1 + random.below(12),
                          city == 0   ? "Berlin"
                          : city == 1 ? "\"Paris; France\""
                                      : "Rome",
                          gap, garden ? "yes" : "no");
      const double price = 3000 * area + 50000 * double(city) + 20000 * double(garden);
      text += priced ? fmt::format(";{:.0f}\n", price + 3000 * random.normal()) : "\n";
    }
    return text;
  }
};

TEST_F(CliTable, TrainSaysWhatItFoundAndTrains) {
  const std::string said = good({"train", "houses.csv", "--target", "price"});
  for (const char* part :
       {"houses.csv: 400 rows, 6 columns  (delimiter \";\", a header line)",
        "id      -         0 … 399", "ignored: an id", "city    category", "garden  boolean",
        "sold    date      2021-01-10 … 2021-12-10", "target   price: regression, as",
        "network  2 x ", "best epoch", "test loss", "next: goodfit predict runs/houses NEW.csv"})
    EXPECT_TRUE(says(said, part)) << said;
  EXPECT_TRUE(std::filesystem::exists(path("runs/houses/recipe.toml")));
  const auto scores =
      nlohmann::json::parse(good({"evaluate", "runs/houses", "houses.csv", "--json"}));
  // Rows whose area is missing alone leave an rmse of about 27000.
  EXPECT_LT(scores["rmse"], 45000);
  EXPECT_GT(scores["r2"], 0.8);
}

TEST_F(CliTable, PredictTakesColumnsInAnyOrderAndCountsWhatIsNew) {
  good({"train", "houses.csv", "--quiet", "epochs=2", "--out", "run"});
  folder.write("new.csv",
               "garden,extra,area,city,sold\nyes,x,100,Oslo,2021-03-01\n"
               "no,y,,Rome,2021-10-02\n");
  const Finished done = run({"predict", "run", "new.csv"});
  EXPECT_EQ(done.code, 0);
  EXPECT_EQ(lines_of(done.out).size(), 3u) << done.out;
  EXPECT_EQ(done.err,
            "new.csv: column \"city\": 1 of 2 rows have a value that the model does not know, "
            "first \"Oslo\"; it is taken as any other rare one\n");
  folder.write("less.csv", "garden,area,sold\nyes,100,2022-01-01\n");
  EXPECT_TRUE(says(refused({"predict", "run", "less.csv"}),
                   "less.csv:1: there is no column \"city\", which the model takes"));
  folder.write("text.csv", "garden,area,city,sold\nyes,big,Rome,2022-01-01\n");
  EXPECT_TRUE(says(refused({"predict", "run", "text.csv"}),
                   "text.csv:2: column \"area\": \"big\" is not a number"));
}

TEST_F(CliTable, NewWritesTheRecipeThatTrainWouldTake) {
  const std::string said = good({"new", "houses.csv", "--target", "price"});
  EXPECT_TRUE(says(said, "recipe: houses.toml   next: goodfit train houses.toml"));
  const std::string recipe = file_text(path("houses.toml"));
  EXPECT_TRUE(says(recipe, "# 400 rows; price from the others: regression"));
  EXPECT_TRUE(says(recipe, "city = [\"Berlin\", \"Paris; France\", \"Rome\"]")) << recipe;
  EXPECT_TRUE(says(recipe, "id = \"ignore\""));
  EXPECT_TRUE(says(good({"check", "houses.toml"}), "houses.toml: good: "));
  good({"train", "houses.toml", "--quiet", "epochs=2", "--out", "a"});
  good({"train", "houses.csv", "--quiet", "epochs=2", "--out", "b"});
  EXPECT_EQ(file_text(path("a/recipe.toml")), file_text(path("b/recipe.toml")));
  EXPECT_EQ(file_text(path("a/model.safetensors")), file_text(path("b/model.safetensors")));
  EXPECT_TRUE(says(refused({"new", "houses.csv"}), "houses.toml: is there already"));
}

TEST_F(CliTable, ClassesAreFoundAndSettingsMayBeSaidOnTop) {
  const std::string said = good(
      {"train", "kinds.csv", "epochs=5", "data.columns.width=ignore", "split.test=0.3", "--json"});
  const auto lines = lines_of(said);
  const auto table = nlohmann::json::parse(lines.front());
  EXPECT_EQ(table["event"], "table");
  EXPECT_EQ(table["task"], "3 classes");
  EXPECT_EQ(table["columns"][1]["is"], "ignore");
  const auto done = nlohmann::json::parse(lines.back());
  EXPECT_EQ(done["event"], "done");
  EXPECT_TRUE(done["test"].contains("accuracy"));
  EXPECT_TRUE(says(file_text(path("runs/kinds/recipe.toml")), "test = 0.3"));
}

TEST_F(CliTable, RowsOfAGroupStayTogether) {
  std::string text = "owner,x,y\n";
  for (int i = 0; i < 200; ++i)
    text += fmt::format("owner {},{},{}\n", i / 10, i * 37 % 101, i * 11 % 17 / 2.0);
  folder.write("g.csv", text);
  EXPECT_TRUE(says(good({"train", "g.csv", "epochs=2", "split.group=owner"}), "decides the split"));
  EXPECT_TRUE(says(refused({"train", "g.csv", "split.group=ovner"}), "did you mean \"owner\"?"));
  EXPECT_TRUE(says(refused({"train", "g.csv", "split.group=owner", "split.time=x"}),
                   "time and group exclude each other"));
}

TEST_F(CliTable, AFolderOfPicturesIsDataAsWell) {
  Random random(3, stream_of("stripes"));
  for (int i = 0; i < 80; ++i) {
    Picture picture{10, 10, 1, {}};
    for (int at = 0; at < 100; ++at)
      picture.pixels.push_back(
          static_cast<unsigned char>((i % 2 ? at / 10 : at) % 2 * 180 + random.below(60)));
    std::filesystem::create_directories(path(i % 2 ? "stripes/lying" : "stripes/standing"));
    folder.write(fmt::format("stripes/{}/{}.png", i % 2 ? "lying" : "standing", i), png(picture));
  }
  const std::string said = good({"train", "stripes", "epochs=5", "--out", "a"});
  EXPECT_TRUE(says(said, "stripes: 80 pictures  (gray, 10 × 10)")) << said;
  EXPECT_TRUE(says(said, "2 classes, as there is a folder for each")) << said;
  EXPECT_TRUE(says(said, "next: goodfit predict a NEW ")) << said;
  EXPECT_GE(double(nlohmann::json::parse(good({"evaluate", "a", "--json"}))["accuracy"]), 0.9);
  EXPECT_EQ(lines_of(good({"predict", "a", "stripes/lying"}))[1].substr(0, 6), "lying,");
  good({"new", "stripes"});
  good({"check", "stripes.toml"});
  EXPECT_TRUE(says(refused({"train", "stripes/lying"}), "is a folder without pictures"));
}

TEST_F(CliTable, WhatIsWrongIsSaidInALine) {
  EXPECT_TRUE(says(refused({"train", "houses.csv", "--target", "prise"}),
                   "unknown column \"prise\"; did you mean \"price\"?"));
  EXPECT_TRUE(says(refused({"train", "houses.csv", "--task", "guess"}), "unknown task \"guess\""));
  EXPECT_TRUE(says(refused({"train", "no.csv"}), "no.csv"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "--target", "kind"}), "are for tables"));
  folder.write("one.csv", "x,y\n1,a\n2,a\n3,a\n");
  EXPECT_TRUE(says(refused({"train", "one.csv"}), "is always \"a\": there is nothing to learn"));
}

}  // namespace
}  // namespace goodfit
