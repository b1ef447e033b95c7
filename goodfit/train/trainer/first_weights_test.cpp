#include "goodfit/train/trainer/first_weights.hpp"

#include "goodfit/parts/layers/catalogue.hpp"
#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/trainer/testing.hpp"
#include "goodfit/train/trainer/train.hpp"

namespace goodfit {
namespace {

struct SeesBegin : Callback {
  BeginReport report;
  void on_begin(const BeginReport& begin) override { report = begin; }
};

TEST(FirstWeights, AreThoseOfTheFileWhereNameAndShapeFit) {
  TemporaryFolder folder;
  const std::string file = folder.path() + "/first.safetensors";
  Recipe recipe = clouds_recipe();
  recipe.epochs = 1;
  const goodfit::Run before = train(recipe);
  before.save(file);
  recipe.weights = file;
  recipe.groups = {{.match = "layers.1", .freeze = true}};
  recipe.model.insert(recipe.model.end() - 1, Dense{.out = 5});
  SeesBegin begin;
  const goodfit::Run after = train(recipe, {.callbacks = {&begin}});
  const auto numbers = [](const goodfit::Run& run, const char* name) {
    const ConstSpan span = run.weights().at(name);
    return Floats(span.begin(), span.end());
  };
  EXPECT_EQ(numbers(after, "layers.1.weight"), numbers(before, "layers.1.weight"));
  EXPECT_GT(begin.report.taken, 0);
  EXPECT_FALSE(begin.report.fresh.empty());
}

TEST(FirstWeights, OfAFileThatFitsNowhereAreRefused) {
  TemporaryFolder folder;
  write_safetensors(folder.path() + "/other.safetensors", {{{"a", {1}, {1}}}, {}});
  Recipe recipe = clouds_recipe();
  recipe.weights = folder.path() + "/other.safetensors";
  expect_error([&] { train(recipe); }, "none of its tensors fits the model by name and shape");
  recipe.weights = folder.path() + "/none.safetensors";
  expect_error([&] { train(recipe); }, "none.safetensors");
}

}  // namespace
}  // namespace goodfit
