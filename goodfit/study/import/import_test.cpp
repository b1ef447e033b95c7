#include "goodfit/study/import/import.hpp"

#include <gtest/gtest.h>

#include "goodfit/base/files.hpp"
#include "goodfit/parts/datasets/in_memory.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/parts/layers/catalogue.hpp"
#include "goodfit/parts/losses/mse.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

NamedTensor counted(const std::string& name, const Shape& shape, float from = 0) {
  NamedTensor tensor{name, shape, {}};
  for (Size i = 0; i < shape.count(); ++i) tensor.data.push_back(from + float(i));
  return tensor;
}
Recipe small_recipe(std::vector<Layer> model, const Shape& sample, Loss loss = CrossEntropy{}) {
  Recipe recipe;
  recipe.model = std::move(model);
  recipe.loss = std::move(loss);
  Data data;
  data.train.shape = sample;
  data.train.features.assign(std::size_t(4 * sample.count()), 1.0f);
  data.train.targets = {0, 1, 0, 1};
  recipe.data = in_memory(std::move(data));
  return recipe;
}
std::vector<std::string> sources(const Import& import) {
  std::vector<std::string> all;
  for (const ImportedTensor& one : import.tensors) all.push_back(one.name + " < " + one.from);
  return all;
}

TEST(Import, TakesTensorsByTheirNamesAndLeavesAHeadOfAnotherShape) {
  const Recipe recipe = small_recipe({Dense{.out = 3}, Relu{}, Dense{.out = 2}}, {2});
  const Import import =
      import_tensors({{counted("layers.0.weight", {3, 2}), counted("layers.0.bias", {3}),
                       counted("layers.2.weight", {10, 3}), counted("other", {1})},
                      {}},
                     recipe, {});
  EXPECT_EQ(sources(import),
            (Names{"layers.0.weight < layers.0.weight", "layers.0.bias < layers.0.bias",
                   "layers.2.weight < ", "layers.2.bias < "}));
  EXPECT_EQ(import.tensors[2].reason, "there [10, 3]");
  EXPECT_EQ(import.unused, (Names{"layers.2.weight", "other"}));
  EXPECT_EQ(import.taken(), 2);
  ASSERT_EQ(import.recipe.groups.size(), 1u);
  EXPECT_EQ(import.recipe.groups[0].match, "layers.0");
  EXPECT_EQ(import.recipe.groups[0].lr_scale, 0.1);
}

TEST(Import, FindsForeignNamesByShapesAndNaturalOrder) {
  const Recipe recipe = small_recipe(
      {Dense{.out = 2}, BatchNorm{}, Relu{}, Dense{.out = 2}, Relu{}, Dense{.out = 3}}, {2});
  const Import import =
      import_tensors({{counted("fc10.weight", {2, 2}, 100), counted("fc9.weight", {2, 2}, 90),
                       counted("bn.running_mean", {2}, 7), counted("bn.num_batches_tracked", {}),
                       counted("head.weight", {3, 2})},
                      {}},
                     recipe, {.freeze = true});
  EXPECT_EQ(import.file.find("layers.0.weight")->data[0], 90);
  EXPECT_EQ(import.file.find("layers.3.weight")->data[0], 100);
  EXPECT_EQ(import.file.find("layers.1.running_mean")->data[1], 8);
  EXPECT_EQ(import.file.find("layers.5.weight")->shape, (Shape{3, 2}));
  EXPECT_EQ(import.unused, Names{});
  for (const Group& group : import.recipe.groups) EXPECT_TRUE(group.freeze);
  EXPECT_EQ(import.recipe.groups.size(), 3u);
  EXPECT_EQ(import.recipe.groups[0].match, "layers.0");  // whole: its bias is dropped
  EXPECT_EQ(import.recipe.groups[1].match, "layers.3.weight");
}

TEST(Import, RenamesByBeginnings) {
  const Recipe recipe = small_recipe({Dense{.out = 2}, Relu{}, Dense{.out = 2}}, {2});
  const TensorFile file{{counted("a.weight", {2, 2}, 1), counted("ab.weight", {2, 2}, 2)}, {}};
  const Import import = import_tensors(file, recipe, {.renames = {{"a", "layers.2"}}});
  EXPECT_EQ(sources(import)[2], "layers.2.weight < a.weight");
  EXPECT_EQ(import.taken(), 1);
}

TEST(Import, TurnsColumnsBehindAFlattenUnlessTheFileIsItsOwn) {
  const Recipe recipe =
      small_recipe({Conv2d{.out = 2, .kernel = 1}, Relu{}, Flatten{}, Dense{.out = 1}}, {1, 2, 1});
  TensorFile file{{counted("layers.3.weight", {1, 4})}, {}};
  // (channel, place) → (place, channel)
  EXPECT_EQ(import_tensors(file, recipe, {}).file.tensors[0].data, (Floats{0, 2, 1, 3}));
  file.metadata["goodfit.signature"] =
      R"({"sample":[1,2,1],"outputs":1,"target_width":1,"features":[],"classes":[],"temperature":2})";
  const Import own = import_tensors(file, recipe, {});
  EXPECT_EQ(own.file.tensors[0].data, (Floats{0, 1, 2, 3}));
  EXPECT_EQ(own.temperature, 2);
}

TEST(Import, LeavesStatisticsOfOtherTargets) {
  const Recipe recipe = small_recipe({Standardize{}, Dense{.out = 1}, Unstandardize{}}, {2}, Mse{});
  const Import import = import_tensors(
      {{counted("layers.0.mean", {2}), counted("layers.2.mean", {1})}, {}}, recipe, {});
  EXPECT_EQ(sources(import)[0], "layers.0.mean < layers.0.mean");
  EXPECT_EQ(import.tensors[4].name, "layers.2.mean");
  EXPECT_EQ(import.tensors[4].reason, "of other targets");
  EXPECT_EQ(import.recipe.groups.size(), 0u);  // nothing that is trained was taken
}

TEST(Import, SaysWhatToDoWhenNothingFits) {
  const Recipe recipe = small_recipe({Dense{.out = 2}}, {2});
  expect_error(
      [&] {
        import_tensors({{counted("conv.weight", {7, 7})}, {}}, recipe, {});
      },
      "none of its 1 tensors fits the model by name and shape: say where they belong by "
      "--map OLD=NEW, as --map conv=layers.0");
  TemporaryFolder folder;
  folder.write("net.pth", std::string("PK\3\4 and so on"));
  expect_error(
      [&] { read_tensors(folder.path() + "/net.pth"); },
      "is a pickle, which can run code when it is read; make safetensors of it by: python3");
}

TEST(Import, AHeaderWhoseLengthBeginsLikeAPickleIsRead) {
  TemporaryFolder folder;
  TensorFile file{{counted("a", {1})}, {{"note", ""}}};
  const std::string place = folder.path() + "/a.safetensors";
  do {
    file.metadata["note"] += "        ";
    write_safetensors(place, file);
  } while (!read_file(place).starts_with('\x80'));
  EXPECT_EQ(read_tensors(place), file);
}

TEST(Import, OrdersNamesAsPeopleDo) {
  EXPECT_TRUE(natural_less("conv9.weight", "conv10.weight"));
  EXPECT_FALSE(natural_less("conv10.weight", "conv9.weight"));
  EXPECT_TRUE(natural_less("a", "b"));
  EXPECT_TRUE(natural_less("a", "a1"));
  EXPECT_FALSE(natural_less("a", "a"));
}

}  // namespace
}  // namespace goodfit
