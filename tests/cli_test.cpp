// The command as a whole: verbs, help, and what it shows of itself.
#include <nlohmann/json.hpp>

#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/parts/datasets/picture.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

using Cli = CommandTest;

TEST_F(Cli, WithoutAVerbItSaysWhichThereAre) {
  const std::string overview = good({"--help"});
  EXPECT_EQ(good({}), overview);
  for (const auto& each : all_verbs()) {
    const std::string verb(each->card().key);
    EXPECT_TRUE(says(overview, "\n  " + verb + " "));
    const std::string help = good({verb, "--help"});
    EXPECT_TRUE(says(help, std::string("Usage: goodfit ") + verb));
    const auto lines = lines_of(help);
    const std::string example = std::string("  goodfit ") + verb + " ";
    EXPECT_GE(std::count_if(lines.begin(), lines.end(),
                            [&](const std::string& line) { return line.starts_with(example); }),
              2)
        << help;
  }
}

TEST_F(Cli, VersionIsOneLine) {
  const std::string version = good({"--version"});
  EXPECT_TRUE(version.starts_with("goodfit ") && version.size() < 30) << version;
  EXPECT_TRUE(std::isdigit(version[8])) << version;
}

TEST_F(Cli, WhatItDoesNotKnowIsRefusedWithTheNearest) {
  EXPECT_TRUE(
      says(refused({"trian", "r.toml"}), "unknown verb \"trian\"; did you mean \"train\"?"));
  EXPECT_TRUE(says(refused({"r.toml"}), "did you mean \"goodfit train r.toml\"?"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "--thread=2"}), "did you mean \"--threads\"?"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "--threads", "two"}), "must be a whole number"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "--threads", "-1"}), "must be at least 0"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "--no-pass", "fuse_folowers"}), "fuse_followers"));
  EXPECT_TRUE(says(refused({"train", "r.toml", "--out"}), "--out"));
  EXPECT_TRUE(says(refused({"train"}), "which recipe?"));
  EXPECT_TRUE(says(refused({"plan"}), "RECIPE"));
  EXPECT_TRUE(says(refused({"evaluate", "a", "b", "c"}), "one argument too many"));
  EXPECT_TRUE(says(refused({"data", "fetsh", "mnist"}), "did you mean \"fetch\"?"));
  EXPECT_TRUE(says(refused({"data", "fetch", "mnits"}), "did you mean \"mnist\"?"));
}

TEST_F(Cli, ShowListsEveryPartAndEachCanBeShown) {
  const std::string all = good({"show"});
  int parts = 0;
  for (const std::string& line : lines_of(good({"show", "--json"}))) {
    const auto part = nlohmann::json::parse(line);
    const std::string key = part["part"];
    EXPECT_TRUE(says(all, "  " + key + " ")) << key;
    const std::string shown = good({"show", key});
    EXPECT_TRUE(says(shown, key + " (")) << shown;
    EXPECT_TRUE(says(shown, part["about"]));
    for (const auto& setting : part["settings"]) {
      EXPECT_TRUE(says(shown, "  " + std::string(setting["key"])));
      EXPECT_TRUE(says(shown, setting["about"]));
      EXPECT_TRUE(says(shown, setting["default"]));
    }
    ++parts;
  }
  EXPECT_GT(parts, 30);
}

TEST_F(Cli, ShowKnowsCataloguesAndOffersTheNearestName) {
  const std::string optimizers = good({"show", "optimizers"});
  EXPECT_TRUE(says(optimizers, "  adamw "));
  EXPECT_FALSE(says(optimizers, "dropout"));
  const auto lines = lines_of(good({"show", "losses", "--json"}));
  for (const std::string& line : lines) EXPECT_EQ(nlohmann::json::parse(line)["sort"], "loss");
  EXPECT_GE(lines.size(), 2u);
  EXPECT_TRUE(says(refused({"show", "batch_nrom"}), "did you mean \"batch_norm\"?"));
  EXPECT_TRUE(says(refused({"show", "no.toml"}), "no.toml: there is no such file"));
}

TEST_F(Cli, ShowFillsARecipeInAndWhatItPrintsIsTheSameRecipe) {
  const std::string filled = good({"show", "r.toml"});
  EXPECT_TRUE(says(filled, "patience = 0\n"));
  EXPECT_TRUE(says(filled, "p = 0.2\n"));
  folder.write("filled.toml", filled);
  EXPECT_EQ(good({"show", "filled.toml"}), filled);
  EXPECT_TRUE(says(good({"show", "r.toml", "epochs=7"}), "epochs = 7\n"));
}

TEST_F(Cli, ShowPrintsARecipeAsAProgram) {
  const std::string program = good({"show", "r.toml", "--cpp"});
  EXPECT_TRUE(says(program, "      .data = Csv{.path = \"flowers.csv\"},\n"));
  EXPECT_TRUE(says(program, "Dropout{.p = 0.2}, Dense{.out = 3}}"));
  EXPECT_TRUE(says(refused({"show", "adamw", "--cpp"}), "--cpp prints a recipe"));
}

TEST_F(Cli, ShowDrawsWhatTheUnitsOfALayerLookFor) {
  folder.write("squares.csv", "a,b,c,d,kind\n1,0,0,1,x\n0,1,1,0,y\n1,0,0,2,x\n0,2,1,0,y\n");
  good({"train", "r.toml", "data.path=squares.csv", "split.validation=0", "batch=4",
        "model[4].out=2", "--out", "a", "--quiet"});
  EXPECT_EQ(good({"show", "a", "--features", "f.png"}), "f.png: 16 pictures of 2 × 2\n");
  const Picture picture = read_picture(path("f.png"));
  EXPECT_EQ(picture.height, 4 * 24 + 3);
  EXPECT_EQ(picture.width, 4 * 24 + 3);
  EXPECT_TRUE(says(refused({"show", "a", "--features", "f.png", "--layer", "layers.4"}),
                   "unknown weight that can be drawn \"layers.4\""));
  EXPECT_TRUE(says(refused({"show", "--features", "f.png"}), "name its folder"));
  EXPECT_TRUE(says(refused({"show", "a", "--layer", "layers.1"}), "belongs to --features"));
  EXPECT_TRUE(says(refused({"show", "r.toml", "--features", "f.png"}), "no such run"));
}

TEST_F(Cli, PlanAndCheckDoNotTrain) {
  EXPECT_TRUE(says(good({"plan", "r.toml"}), "dense"));
  EXPECT_NE(good({"plan", "r.toml", "--no-pass", "fuse_followers"}), good({"plan", "r.toml"}));
  EXPECT_TRUE(says(good({"check", "r.toml"}),
                   "r.toml: good: 135 training samples, 15 validation, 0 test; 115 parameters; 3 "
                   "epochs of 9 steps\n"));
  EXPECT_TRUE(says(good({"check", "r.toml", "batch=135"}), "3 epochs of 1 steps\n"));
  EXPECT_TRUE(says(refused({"check", "r.toml", "model[1].out=0"}), "model[1].out = 0"));
  EXPECT_FALSE(std::filesystem::exists(path("runs")));
}

TEST_F(Cli, AFullDiskIsAFailureAndNotAMistake) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP();
  const std::string line =
      "cd " + folder.path() + " && " + command_path().string() + " show > /dev/full 2> said";
  EXPECT_EQ(WEXITSTATUS(std::system(line.c_str())), 1);
  EXPECT_TRUE(says(file_text(path("said")), "cannot be written"));
}

}  // namespace
}  // namespace goodfit
