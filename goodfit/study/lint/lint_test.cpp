#include "goodfit/study/lint/lint.hpp"

#include <gtest/gtest.h>

#include "goodfit/study/lint/rules/catalogue.hpp"
#include "goodfit/train/recipe/random_recipe_testing.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

std::string texts(const Findings& findings) {
  std::string all;
  for (const Finding& finding : findings) all += finding.text() + "\n";
  return all;
}

}  // namespace

TEST(Lint, ReadyRecipesAreFreeOfFindings) {
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator("recipes")) {
    if (entry.path().extension() != ".toml") continue;
    const Recipe recipe = read_recipe(entry.path());
    EXPECT_EQ(texts(lint(recipe)), "") << entry.path();
    ++seen;
    // What the data says, too, where it lies in the repository.
    const Setting settings = recipe.data->write(), *path = settings.find("path");
    if (!path || !path->text() || !fs::exists(*path->text())) continue;
    const Data data = recipe.data->load(wanted_by(recipe));
    const Portions portions = split_data(data, recipe.split, true, recipe.seed);
    EXPECT_EQ(texts(lint(recipe, &portions.train)), "") << entry.path();
  }
  EXPECT_GE(seen, 3);
}

TEST(Lint, WhateverARecipeSaysItIsReadToTheEnd) {
  std::size_t found = 0;
  const Samples samples{.shape = {2}, .features = {1, 200, 3, 4}, .targets = {0, 1}};
  const Portion train = whole(samples);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Recipe recipe = RandomRecipe(seed).make();
    for (const Finding& finding : lint(recipe, seed % 2 == 0 ? nullptr : &train)) {
      ++found;
      EXPECT_NE(finding.rule, "");
      EXPECT_EQ(finding.text().find('\n'), std::string::npos);
    }
  }
  EXPECT_GT(found, 100u);
}

TEST(Lint, NestedLayersAreNamedAsTheirWeightsAre) {
  const Recipe recipe{
      .model = {
          Dense{.out = 4},
          Residual{{Relu{}, Residual{{Dense{.out = 4}, Softmax{}, Tanh{}, Dense{.out = 4}}}}}}};
  const Subject subject(recipe);
  ASSERT_EQ(subject.chains.size(), 3u);
  EXPECT_EQ(subject.chains[0][1].place(), "layers.1 (residual)");
  EXPECT_EQ(subject.chains[1][1].place(), "layers.1.body.1 (residual)");
  EXPECT_EQ(subject.chains[2][3].place(), "layers.1.body.1.body.3 (dense)");
  Graph graph(2);
  Store store;
  Net net(graph, store, Mode::train, 1);
  build_sequence(net, "layers", recipe.model, graph.input({4}, "input"));
  EXPECT_TRUE(store.has("layers.1.body.1.body.3.weight"));
}

TEST(Lint, AFindingIsOneLineWithItsRule) {
  Recipe recipe;
  recipe.shuffle = false;
  EXPECT_EQ(texts(lint(recipe)),
            "shuffle: batches come in the order of the file, so that their gradients are biased; "
            "set shuffle = true [no_shuffle]\n");
}

}  // namespace goodfit
