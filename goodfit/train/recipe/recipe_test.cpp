#include "goodfit/train/recipe/recipe.hpp"

#include <gtest/gtest.h>

#include "goodfit/base/files.hpp"
#include "goodfit/base/toml.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/train/recipe/random_recipe_testing.hpp"

namespace goodfit {
namespace {

std::string refusal(const std::string& text) {
  return error_of([&] { parsed_recipe(text); });
}

// The recipe of the guide, every part by its long form.
const char* long_form = R"(seed = 7
epochs = 20
batch = 128
[data]
type = "idx"
path = "data/mnist"
[[model]]
type = "standardize"
[[model]]
type = "dense"
out = 64
[[model]]
type = "relu"
[[model]]
type = "residual"
body = [{type = "dense", out = 64, init = {type = "constant", value = 0.5}}, {type = "relu"}]
[[model]]
type = "dropout"
p = 0.25
[loss]
type = "mse"
[optimizer]
type = "sgd"
[lr]
type = "constant"
value = 0.01
)";

TEST(Recipe, ATableIsAnAggregateAndAKeyAMember) {
  const Recipe in_cpp{
      .data = Idx{.path = "data/mnist"},
      .model = {Standardize{}, Dense{.out = 64}, Relu{},
                Residual{.body = {Dense{.out = 64, .init = Constant{.value = 0.5}}, Relu{}}},
                Dropout{.p = 0.25}},
      .loss = Mse{},
      .optimizer = Sgd{},
      .lr = 0.01,
      .batch = 128,
      .epochs = 20,
      .seed = 7,
  };
  EXPECT_EQ(parsed_recipe(long_form), in_cpp);
}

TEST(Recipe, ShortFormsMeanTheSameAsLongForms) {
  EXPECT_EQ(parsed_recipe(R"(seed = 7
epochs = 20
batch = 128
data = {idx = "data/mnist"}
model = ["standardize", {dense = 64}, "relu",
  {residual = [{dense = {out = 64, init = {constant = 0.5}}}, "relu"]}, {dropout = 0.25}]
loss = "mse"
optimizer = "sgd"
lr = 0.01
)"),
            parsed_recipe(long_form));
  EXPECT_EQ(parsed_recipe("model = [\"standardize\", {dense = 64}, \"relu\"]").model,
            (std::vector<Layer>{Standardize{}, Dense{.out = 64}, Relu{}}));
}

TEST(Recipe, FirstValuesAndEndsAreSettingsLikeAllOthers) {
  EXPECT_EQ(
      parsed_recipe(
          "init = \"lsuv\"\nbias_init = {constant = 0.1}\n[stop]\ntarget = 0.9\nseconds = 60"),
      (Recipe{.init = Lsuv{},
              .bias_init = Constant{.value = 0.1},
              .stop = {.target = 0.9, .seconds = 60}}));
  EXPECT_EQ(recipe_toml(Recipe{.stop = {.target = 0.9}}, Which::changed), "[stop]\ntarget = 0.9\n");
  EXPECT_TRUE(says(refusal("[stop]\nseconds = -1"), "stop.seconds = -1 is not allowed"));
  EXPECT_TRUE(says(refusal("init = \"lsuw\""), "did you mean \"lsuv\"?"));
}

TEST(Recipe, ANumberIsAConstantLr) {
  for (const char* text : {"lr = 1", "lr = 1.0", "lr = {constant = 1}"})
    EXPECT_EQ(parsed_recipe(text).lr, Schedule(1.0)) << text;
  EXPECT_EQ(recipe_toml(parsed_recipe("lr = 0.5"), Which::changed), "lr = 0.5\n");
}

TEST(Recipe, AnEmptyFileIsTheDefault) {
  EXPECT_EQ(parsed_recipe(""), Recipe{});
  EXPECT_EQ(recipe_toml(Recipe{}, Which::changed), "");
}

TEST(Recipe, WhatIsWrittenIsReadBackLaw) {
  RandomRecipe recipes(11);
  for (int i = 0; i < 500; ++i) {
    const Recipe recipe = recipes.make();
    for (const Which which : {Which::all, Which::changed}) {
      ASSERT_EQ(Recipe::read(recipe.write(which)), recipe) << recipe.write(which).shown();
      const std::string text = recipe_toml(recipe, which);
      ASSERT_EQ(parsed_recipe(text), recipe) << text;
      ASSERT_EQ(recipe_toml(parsed_recipe(text), which), text);
    }
  }
}

TEST(Recipe, RandomRecipesDifferSoThatTheLawMeansSomething) {
  RandomRecipe recipes(12);
  std::string all;
  for (int i = 0; i < 1000; ++i) all += recipe_toml(recipes.make());
  for (const std::string& key : Layers::names())
    EXPECT_NE(all.find('"' + key + '"'), all.npos) << key;
  for (const std::string& key : Schedules::names())
    EXPECT_NE(all.find('"' + key + '"'), all.npos) << key;
  EXPECT_NE(all.find("body = [{type = \"residual\", body = ["), all.npos) << "residual in residual";
}

TEST(Recipe, AllSettingsAreWrittenWithTheirDefaults) {
  const std::string text = recipe_toml(Recipe{.model = {Dropout{}}});
  for (const char* line : {"batch = 128\n", "epochs = 20\n", "p = 0.5\n", "lr = 0.001\n",
                           "beta2 = 0.999\n", "stratified = true\n", "patience = 0\n"})
    EXPECT_NE(text.find(line), text.npos) << line << text;
}

TEST(Recipe, ErrorsNamePlaceValueAndWhatIsAllowed) {
  EXPECT_TRUE(says(refusal("epoch = 3"),
                   "r.toml:1:9: unknown setting of recipe \"epoch\"; did you "
                   "mean \"epochs\"?"));
  EXPECT_EQ(refusal("epochs = 0"), "r.toml:1:10: epochs = 0 is not allowed: must be at least 1");
  EXPECT_EQ(refusal("epochs = \"many\""),
            "r.toml:1:10: epochs = \"many\" is not allowed: must be a whole number");
  EXPECT_EQ(refusal("[[model]]\ntype = \"dropout\"\np = 1.5"),
            "r.toml:3:5: model[0].p = 1.5 is not allowed: must be at least 0 and below 1");
  EXPECT_EQ(refusal("model = [\"relu\", {dropout = 1}]"),
            "r.toml:1:29: model[1].dropout = 1 is not allowed: must be at least 0 and below 1");
  EXPECT_TRUE(says(refusal("model = [\"relu\", {dens = 64}]"),
                   "unknown layer \"dens\"; did you "
                   "mean \"dense\"?"));
  EXPECT_TRUE(says(refusal("model = [{type = \"dense\"}]"), "model[0].out = 0 is not allowed"));
  EXPECT_TRUE(says(refusal("[optimizer]\ntype = \"adm\""),
                   "r.toml:2:8: optimizer.type: unknown "
                   "optimizer \"adm\"; did you mean"));
  EXPECT_TRUE(says(refusal("[split]\nvalidaton = 0.1"), "did you mean \"validation\"?"));
  EXPECT_EQ(refusal("[split]\ntest = 1"),
            "r.toml:2:8: split.test = 1 is not allowed: must be at least 0 and below 1");
  EXPECT_TRUE(says(refusal("lr = \"fast\""), "unknown schedule \"fast\""));
  EXPECT_EQ(refusal("lr = -1"), "r.toml:1:6: lr = -1 is not allowed: must be at least 0");
  EXPECT_EQ(refusal("model = \"relu\""),
            "r.toml:1:9: model = \"relu\" is not allowed: must be a list");
  EXPECT_TRUE(says(refusal("seed = -1"), "seed = -1 is not allowed"));
  EXPECT_TRUE(says(refusal("[[model]]\ntype = \"residual\"\nbody = [{dropout = 2}]"),
                   "r.toml:3:20: model[0].body[0].dropout = 2"));
}

TEST(ReadRecipe, AssignmentsGoOverTheFile) {
  const TemporaryFolder folder;
  const std::string file = folder.write("r.toml", long_form);
  EXPECT_EQ(read_recipe(file), parsed_recipe(long_form));
  Recipe wanted = parsed_recipe(long_form);
  wanted.epochs = 3;
  wanted.model[4] = Dropout{.p = 0.1};
  wanted.optimizer = Sgd{.momentum = 0.9};
  wanted.stop.patience = 2;
  wanted.lr = 0.5;
  EXPECT_EQ(read_recipe(file, {"epochs=3", "model[4].p=0.1", "optimizer.momentum=0.9",
                               "stop.patience=2", "lr=0.5"}),
            wanted);
  EXPECT_EQ(error_of([&] { read_recipe(file, {"epochs=none"}); }),
            "command line: epochs = \"none\" is not allowed: must be a whole number");
  EXPECT_TRUE(says(error_of([&] { read_recipe(file, {"optimzer.momentum=0.9"}); }),
                   "did you mean \"optimizer\"?"));
}

TEST(ReadRecipe, PartsThatTheFileLeavesOutCanBeAssignedTo) {
  const TemporaryFolder folder;
  const std::string file = folder.write("r.toml", "epochs = 3");
  EXPECT_EQ(read_recipe(file, {"optimizer.beta1=0.8", "lr.value=0.5", "loss.smoothing=0.1"}),
            (Recipe{.loss = CrossEntropy{.smoothing = 0.1},
                    .optimizer = Adam{.beta1 = 0.8},
                    .lr = 0.5,
                    .epochs = 3}));
  EXPECT_EQ(read_recipe(file, {"optimizer.type=sgd"}), (Recipe{.optimizer = Sgd{}, .epochs = 3}));
  EXPECT_EQ(read_recipe(file, {"loss=mse"}), (Recipe{.loss = Mse{}, .epochs = 3}));
}

TEST(ReadRecipe, AMissingOrBrokenFileIsNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of([&] { read_recipe(folder.path() + "/no.toml"); }),
            folder.path() + "/no.toml: there is no such file");
  const std::string file = folder.write("broken.toml", "seed = 7\nepochs = \n");
  EXPECT_TRUE(says(error_of([&] { read_recipe(file); }), "broken.toml:2:"));
}

}  // namespace
}  // namespace goodfit
