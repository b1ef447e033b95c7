// goodfit check: what it advises, and how it shows a signal.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace goodfit {
namespace {

using CliCheck = CommandTest;

TEST_F(CliCheck, AGoodRecipeGetsOneLine) {
  EXPECT_EQ(lines_of(good({"check", "r.toml"})).size(), 1u);
  EXPECT_EQ(lines_of(good({"check", "numbers.toml"})).size(), 1u);
}

TEST_F(CliCheck, WhatIsUnwiseIsALineWithItsRuleAndNoFailure) {
  const auto lines = lines_of(good({"check", "r.toml", "shuffle=false", "lr=5"}));
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_TRUE(says(lines[0], "r.toml: good: "));
  EXPECT_EQ(lines[1],
            "check: shuffle: batches come in the order of the file, so that their gradients are "
            "biased; set shuffle = true [no_shuffle]");
  EXPECT_TRUE(says(lines[2], "check: lr: 5 is more than adam can use"));
  EXPECT_TRUE(says(lines[3], "goodfit show no_shuffle says why"));
  EXPECT_TRUE(says(good({"show", "no_shuffle"}), "Source: LeCun, Bottou"));
}

TEST_F(CliCheck, TheDataIsLookedAtAndNestedLayersToo) {
  const std::string model =
      "model=[\"tanh\", {dense = 8}, {residual = [{dense = 8}, \"softmax\", {dense = 8}]}, "
      "{dense = 1}, \"sigmoid\"]";
  const std::string text = good({"check", "numbers.toml", model});
  EXPECT_TRUE(says(text, "check: layers.2.body.1 (softmax): "));
  EXPECT_TRUE(says(text, "check: layers.4 (sigmoid): it gives 0 … 1, but targets lie in -"));
}

TEST_F(CliCheck, AsJsonEachFindingHasItsReasonAndSource) {
  const auto lines =
      lines_of(good({"check", "r.toml", "batch=8", "model[2]=batch_norm", "--json"}));
  ASSERT_GE(lines.size(), 2u);
  const auto begin = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(begin["event"], "good");
  EXPECT_EQ(begin["train"], 135);
  bool found = false;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto finding = nlohmann::json::parse(lines[i]);
    EXPECT_EQ(finding["event"], "finding");
    EXPECT_NE(finding["why"], "");
    EXPECT_NE(finding["source"], "");
    EXPECT_NE(finding["advice"], "");
    found = found ||
            (finding["rule"] == "small_batch_norm" && finding["place"] == "layers.2 (batch_norm)");
  }
  EXPECT_TRUE(found);
}

TEST_F(CliCheck, TheSignalOfEachLayerIsShown) {
  const std::string text = good({"check", "r.toml", "--signal"});
  EXPECT_TRUE(says(text, "\nsignal: 16 samples of the first step; loss "));
  EXPECT_TRUE(says(text, ", of a net that knows nothing 1.1\n"));
  for (const char* layer : {"layers.0 standardize", "layers.1 dense", "layers.2 relu"})
    EXPECT_TRUE(says(text, std::string("\n") + layer + " "));
  EXPECT_TRUE(says(text, "█"));
  EXPECT_TRUE(says(text, "\nthe signal keeps its size: "));
  EXPECT_TRUE(says(text, "\nthe gradient keeps its size: "));
  EXPECT_TRUE(says(good({"check", "numbers.toml", "--signal"}), "16 samples of the first step"));
  const std::string tiny = "init = {normal = {std = 1e-4}}}}",
                    small = "model=[{dense = 8}, \"tanh\", {dense = {out = 8, " + tiny +
                            ", {dense = {out = 3, " + tiny + "]";
  EXPECT_TRUE(says(good({"check", "r.toml", small, "--signal"}), "\nthe signal fades: "));
  EXPECT_FALSE(std::filesystem::exists(path("runs")));
}

TEST_F(CliCheck, TheSignalShowsWhatLsuvHasSet) {
  const auto lines = lines_of(good({"check", "r.toml", "init=lsuv", "--signal", "--json"}));
  const auto report = nlohmann::json::parse(lines.back());
  int seen = 0;
  for (const auto& layer : report["layers"])
    if (layer["type"] == "dense") {
      EXPECT_NEAR(double(layer["activations"]["variance"]), 1, 0.1) << layer["layer"];
      ++seen;
    }
  EXPECT_EQ(seen, 2);
}

TEST_F(CliCheck, TheSignalAsJsonHasEveryLayerAndItsBins) {
  const auto lines = lines_of(good({"check", "r.toml", "--signal", "--json"}));
  ASSERT_EQ(lines.size(), 2u);
  const auto signal = nlohmann::json::parse(lines[1]);
  EXPECT_EQ(signal["event"], "signal");
  ASSERT_EQ(signal["layers"].size(), 5u);
  const auto& dense = signal["layers"][1];
  EXPECT_EQ(dense["layer"], "layers.1");
  EXPECT_NEAR(double(dense["predicted_variance"]), double(dense["activations"]["variance"]), 3);
  EXPECT_EQ(dense["weights"]["counts"].size(), 24u);
  int counted = 0;
  for (const auto& count : dense["gradients"]["counts"]) counted += int(count);
  EXPECT_EQ(counted, 16 * 16);
  EXPECT_TRUE(signal["layers"][0]["predicted_variance"].is_null());
  EXPECT_EQ(signal["verdict"].size(), 2u);
}

TEST_F(CliCheck, HelpNamesTheOptions) {
  const std::string help = good({"check", "--help"});
  EXPECT_TRUE(says(help, "--signal"));
  EXPECT_TRUE(says(help, "--json"));
}

}  // namespace
}  // namespace goodfit
