// goodfit lr-find and lr = "auto".
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

using CliLrFind = CommandTest;

TEST_F(CliLrFind, ShowsTheCurveSuggestionsTrialsAndTheLineForTheRecipe) {
  const std::string out = good({"lr-find", "r.toml"});
  for (const char* said :
       {"loss, smoothed, of ", "•", "\nvalley: middle of the longest fall", "\nminimum: a tenth of",
        "\nsteepest: where the loss falls", "\ntrial of 27 steps, lr", "  best\n",
        "\nborders of a cyclic lr: base "})
    EXPECT_TRUE(says(out, said)) << said << "\n" << out;
  EXPECT_TRUE(lines_of(out).back().starts_with("lr = 0.")) << out;
  EXPECT_FALSE(std::filesystem::exists(path("runs")));
}

TEST_F(CliLrFind, TheLineCanBePutIntoTheRecipe) {
  const std::string line = lines_of(good({"lr-find", "r.toml", "--quiet"})).at(0);
  folder.write(
      "mine.toml",
      line + "\n" +
          file_text(path("r.toml")).replace(file_text(path("r.toml")).find("lr = 0.01"), 9, ""));
  good({"train", "mine.toml", "--quiet"});
  const std::string cycle = good({"lr-find", "r.toml", "lr={one_cycle = 1}", "--quiet"});
  EXPECT_TRUE(cycle.starts_with("lr = {type = \"one_cycle\", max = 0.")) << cycle;
}

TEST_F(CliLrFind, AsJsonItIsOneObjectAndTheSameForAnyThreads) {
  const std::string one = good({"lr-find", "r.toml", "--json", "--threads", "1", "--steps", "50"});
  EXPECT_EQ(good({"lr-find", "r.toml", "--json", "--threads", "4", "--steps", "50"}), one);
  ASSERT_EQ(lines_of(one).size(), 1u);
  const auto found = nlohmann::json::parse(one);
  EXPECT_EQ(found["event"], "lr_range");
  EXPECT_LE(found["lr"].size(), 50u);
  EXPECT_EQ(found["lr"].size(), found["smoothed"].size());
  EXPECT_EQ(found["suggestions"].size(), 3u);
  double best = 1e9, lr = 0;
  for (const auto& trial : found["trials"])
    if (trial["loss"].is_number() && double(trial["loss"]) < best)
      best = trial["loss"], lr = trial["lr"];
  EXPECT_EQ(double(found["chosen"]), lr);
  EXPECT_LT(double(found["base"]), double(found["max"]));
}

TEST_F(CliLrFind, WritesTheCurve) {
  good({"lr-find", "r.toml", "--out", "found", "--quiet"});
  const auto rows = lines_of(file_text(path("found/lr.csv")));
  EXPECT_EQ(rows[0], "lr,loss,smoothed");
  EXPECT_TRUE(rows[1].starts_with("1e-07,"));
  EXPECT_GT(rows.size(), 50u);
}

TEST_F(CliLrFind, ALossThatFallsNowhereIsAFailedRun) {
  const Finished done = run({"lr-find", "r.toml", "lr={auto = {low = 1e-9, high = 1e-8}}"});
  EXPECT_EQ(done.code, 1);
  EXPECT_TRUE(says(done.err, "the loss falls nowhere from lr 1e-09 to 1e-08")) << done.err;
  EXPECT_TRUE(says(refused({"lr-find", "r.toml", "lr={warmup = \"auto\"}"}), "must be around"));
  EXPECT_TRUE(says(refused({"lr-find", "r.toml", "--steps", "3"}), "must be at least 20"));
}

TEST_F(CliLrFind, ARunWithAutoKeepsWhatItFoundAndCanBeRepeatedAndResumed) {
  const std::string out = good({"train", "r.toml", "lr=auto", "--out", "a"});
  EXPECT_TRUE(says(out, "\nlr 0.")) << out;
  EXPECT_TRUE(says(out, ", best of "));
  const std::string recipe = file_text(path("a/recipe.toml"));
  EXPECT_TRUE(says(recipe, "\nlr = 0.")) << recipe;
  EXPECT_FALSE(says(recipe, "auto\"\nschedule"));
  const std::string again = good({"train", "a/recipe.toml", "--out", "b"});
  EXPECT_FALSE(says(again, "range test"));
  const auto model = [&](const std::string& run) {
    return file_text(path(run + "/model.safetensors"));
  };
  EXPECT_EQ(model("a"), model("b"));
  const std::vector<std::string> longer{"train",  "r.toml", "lr=auto", "epochs=300",
                                        "--json", "--out",  "c"};
  Started started(folder.path(), longer);
  ASSERT_TRUE(started.says("\"epoch\":4,"));
  started.send(SIGKILL);
  started.finish();
  EXPECT_FALSE(says(good({"train", "--resume", "c"}), "range test"));
  good({"train", "r.toml", "lr=auto", "epochs=300", "--quiet", "--out", "d"});
  EXPECT_EQ(model("c"), model("d"));
  const auto lines = lines_of(good({"train", "r.toml", "lr=auto", "--json"}));
  EXPECT_EQ(nlohmann::json::parse(lines.at(1))["event"], "lr_range");
}

TEST_F(CliLrFind, CheckSaysNothingOfAnLrThatIsYetToBeFound) {
  EXPECT_EQ(lines_of(good({"check", "r.toml", "lr=auto", "optimizer=sgd"})).size(), 1u);
}

}  // namespace
}  // namespace goodfit
