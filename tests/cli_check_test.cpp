// goodfit check: what it advises.
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

TEST_F(CliCheck, HelpNamesTheOptions) {
  const std::string help = good({"check", "--help"});
  EXPECT_TRUE(says(help, "--json"));
}

}  // namespace
}  // namespace goodfit
