#include "goodfit/train/recipe/group.hpp"

#include <gtest/gtest.h>

#include "goodfit/base/toml.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/train/recipe/random_recipe_testing.hpp"

namespace goodfit {
namespace {

const std::vector<std::string> names{"layers.0.weight", "layers.0.bias", "layers.10.weight",
                                     "layers.2.body.0.weight"};

std::vector<int> found(const std::vector<Group>& groups) { return groups_of(groups, names); }

}  // namespace

TEST(Groups, MatchNamesTheirBeginningsAndPatterns) {
  EXPECT_EQ(found({{.match = "layers.0.bias"}}), (std::vector{-1, 0, -1, -1}));
  EXPECT_EQ(found({{.match = "layers.0"}}), (std::vector{0, 0, -1, -1}));
  EXPECT_EQ(found({{.match = "layers.1?"}}), (std::vector{-1, -1, 0, -1}));
  EXPECT_EQ(found({{.match = "layers.2.body"}}), (std::vector{-1, -1, -1, 0}));
  EXPECT_EQ(found({{.match = "*.bias"}}), (std::vector{-1, 0, -1, -1}));
  EXPECT_EQ(found({{.match = "layers.*.weight"}}), (std::vector{0, -1, 0, 0}));
  EXPECT_EQ(found({{.match = "*"}}), (std::vector{0, 0, 0, 0}));
  EXPECT_FALSE(matches("layers.1", "layers.10.weight"));
  EXPECT_FALSE(matches("ayers.0", "layers.0.weight"));
  EXPECT_FALSE(matches("", "layers.0.weight"));
}

TEST(Groups, OfSeveralTheFirstCounts) {
  EXPECT_EQ(found({{.match = "*.bias"}, {.match = "layers.0"}, {.match = "*"}}),
            (std::vector{1, 0, 2, 2}));
}

TEST(Groups, WithoutWeightsAreRefused) {
  const auto refusal = [](const std::vector<Group>& groups) {
    return error_of([&] { found(groups); });
  };
  EXPECT_EQ(refusal({{.match = "*"}, {.match = "layers.1"}}),
            "groups[1].match: unknown weight \"layers.1\"; known: "
            "layers.0.weight, layers.0.bias, layers.10.weight, layers.2.body.0.weight");
  EXPECT_EQ(refusal({{.match = "layers.0"}, {.match = "*.bias"}}),
            "groups[1].match = \"*.bias\" never counts: groups before it have all its weights");
}

TEST(Groups, AreReadFromARecipe) {
  const Recipe recipe = parsed_recipe(R"([[groups]]
match = "layers.0"
lr_scale = 0.1
weight_decay = 0
regularizers = []
[[groups]]
match = "*.bias"
freeze = true
regularizers = [{l2 = 0.5}]
)");
  const Recipe in_cpp{
      .groups = {Group{.match = "layers.0",
                       .lr_scale = 0.1,
                       .weight_decay = 0,
                       .regularizers = std::vector<Regularizer>{}},
                 Group{.match = "*.bias",
                       .freeze = true,
                       .regularizers = std::vector<Regularizer>{L2{.lambda = 0.5}}}}};
  EXPECT_EQ(recipe, in_cpp);
  EXPECT_FALSE(parsed_recipe("groups = [{match = \"a\"}]").groups[0].regularizers.has_value());
  EXPECT_FALSE(parsed_recipe("groups = [{match = \"a\"}]").groups[0].weight_decay.has_value());
}

TEST(Groups, SayWhatIsWrongInARecipe) {
  const auto refusal = [](const std::string& text) {
    return error_of([&] { parsed_recipe(text); });
  };
  EXPECT_EQ(refusal("groups = [{freeze = true}]"),
            "r.toml:1:11: groups[0]: match is empty: name weights, as \"layers.0\" or \"*.bias\"");
  EXPECT_EQ(refusal("groups = [{match = \"a\", weight_decay = -1}]"),
            "r.toml:1:40: groups[0].weight_decay = -1 is not allowed: must be at least 0");
  EXPECT_TRUE(says(refusal("groups = [{match = \"a\", scale = 1}]"), "unknown setting of group"));
}

TEST(Groups, AreWrittenAsCpp) {
  const Recipe recipe{
      .groups = {
          Group{.match = "a", .weight_decay = 0.5, .regularizers = std::vector<Regularizer>{}}}};
  EXPECT_TRUE(says(recipe_cpp(recipe),
                   ".groups = {Group{.match = \"a\", .weight_decay = 0.5, .regularizers = "
                   "std::vector<Regularizer>{}}},\n"));
}

}  // namespace goodfit
