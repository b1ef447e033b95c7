// Shift at training and at prediction, which nobody has to ask for.
#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "goodfit/parts/datasets/picture.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliShift : CommandTest {
  static std::string sold_houses(std::uint64_t seed, int rows, int later, double larger,
                                 const std::string& city = "Ulm") {
    Random random(seed, stream_of("sold"));
    std::string text = "day,area,city,price\n";
    for (int i = 0; i < rows; ++i) {
      const double area = 100 + (i >= later ? larger : 0) + 20 * random.normal();
      text += fmt::format("{},{:.1f},{},{:.1f}\n", i, area, random.below(2) ? "Bonn" : city,
                          3 * area + 5 * random.normal());
    }
    return text;
  }
  std::string trained(const std::string& file, const std::vector<std::string>& more,
                      const std::string& run) const {
    std::vector<std::string> arguments{"train",    file,    "--target", "price",
                                       "epochs=2", "--out", run,        "split.test=0"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return good(arguments);
  }
};

TEST_F(CliShift, IsToldWhenLaterRowsDiffer) {
  folder.write("sold.csv", sold_houses(1, 500, 460, 60));
  const std::string said = trained("sold.csv", {"split.time=day"}, "a");
  EXPECT_TRUE(says(said, "validation differs from training: area (distance 0.")) << said;
  EXPECT_FALSE(says(said, "city (distance"));
  EXPECT_FALSE(says(trained("sold.csv", {"data.columns.day=key"}, "b"), "differs"))
      << "rows drawn at random";
  for (const std::string& line : lines_of(trained("sold.csv", {"split.time=day", "--json"}, "c")))
    if (const auto event = nlohmann::json::parse(line); event["event"] == "shift") {
      EXPECT_EQ(event["by"], "time");
      EXPECT_EQ(event["features"][0]["name"], "area");
    }
  EXPECT_TRUE(says(trained("sold.csv", {"split.time=day", "--json"}, "d"), "\"event\":\"shift\""));
  EXPECT_FALSE(says(good({"train", "--resume", "d", "--json"}), "\"event\":\"shift\""));
  EXPECT_EQ(trained("sold.csv", {"split.time=day", "--quiet"}, "e"), "");
  EXPECT_EQ(file_text(path("a/data.json")), file_text(path("e/data.json")));
  good({"report", "a"});
  EXPECT_TRUE(says(file_text(path("a/report.html")), "validation differs from training: area"));
}

TEST_F(CliShift, IsToldWhenNewRowsDiffer) {
  folder.write("sold.csv", sold_houses(1, 500, 500, 0));
  trained("sold.csv", {}, "a");
  folder.write("same.csv", sold_houses(2, 200, 200, 0));
  folder.write("larger.csv", sold_houses(3, 200, 0, 40));
  folder.write("rome.csv", sold_houses(4, 200, 200, 0, "Rome"));
  folder.write("far.csv", "area,city\n100,Ulm\n9000,Ulm\n");
  good({"predict", "a", "same.csv"});
  const auto told = [&](const std::string& file) {
    const Finished done = run({"predict", "a", file, "--json"});
    EXPECT_EQ(done.code, 0);
    for (const std::string& line : lines_of(done.out))
      EXPECT_TRUE(nlohmann::json::accept(line)) << line;
    return done.err;
  };
  EXPECT_EQ(run({"evaluate", "a", "same.csv"}).err, "");
  EXPECT_TRUE(run({"evaluate", "a", "larger.csv"})
                  .err.starts_with("larger.csv: area differs from training: mean "));
  EXPECT_TRUE(told("larger.csv").starts_with("larger.csv: area differs from training: mean "));
  EXPECT_TRUE(says(told("larger.csv"), " of 200 outside "));
  EXPECT_FALSE(says(told("larger.csv"), "city differs"));
  EXPECT_TRUE(says(told("rome.csv"), "city differs from training: ")) << told("rome.csv");
  EXPECT_TRUE(says(told("rome.csv"), "have values that are new")) << told("rome.csv");
  EXPECT_TRUE(says(told("rome.csv"), "first \"Rome\""));
  EXPECT_TRUE(says(told("far.csv"), "1 of 2 outside ")) << told("far.csv");
  EXPECT_TRUE(says(told("far.csv"), "farthest 9000"));
}

TEST_F(CliShift, IsToldOfPicturesWhereverTheyAre) {
  Random random(1, stream_of("pictures"));
  const auto draw = [&](const std::string& name, Size lightest) {
    Picture picture{4, 4, 3, {}};
    for (Size i = 0; i < 48; ++i)
      picture.pixels.push_back(static_cast<unsigned char>(random.below(lightest)));
    std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
    folder.write(name, png(picture));
  };
  for (int i = 0; i < 120; ++i) draw(fmt::format("all/{}/{}.png", i % 2 ? "a" : "b", i), 100);
  for (int i = 0; i < 120; ++i) draw(fmt::format("same/{}.png", i), 100);
  for (int i = 0; i < 120; ++i) draw(fmt::format("light/{}.png", i), 250);
  folder.write("pictures.toml",
               "data = { type = \"images\", path = \"all\" }\nmodel = [\"flatten\", "
               "{ dense = 2 }]\nloss = \"cross_entropy\"\nepochs = 1\n");
  for (const std::string keep : {"memory", "files"}) {
    good({"train", "pictures.toml", "data.keep=" + keep, "--out", keep});
    good({"report", keep});
    EXPECT_EQ(run({"predict", keep, "same"}).err, "");
    EXPECT_TRUE(says(run({"predict", keep, "light"}).err, "light: mean of channel "));
  }
  EXPECT_EQ(file_text(path("memory/data.json")), file_text(path("files/data.json")));
}

}  // namespace
}  // namespace goodfit
