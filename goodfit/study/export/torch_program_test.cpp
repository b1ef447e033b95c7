#include "goodfit/study/export/torch_program.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "goodfit/parts/parametrizations/weight_norm.hpp"
#include "goodfit/study/export/testing.hpp"
#include "goodfit/study/export/torch_layers.hpp"
#include "goodfit/train/record/model_file.hpp"

namespace goodfit {
namespace {

std::string program_of(const std::vector<Layer>& layers, const Shape& sample,
                       Meaning meaning = Meaning::numbers) {
  Exported model({layers, sample});
  model.signature.classes = {"a", "b"};
  return torch_program(layers, model.signature, meaning, model.built.store, "w.safetensors");
}
bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

TEST(TorchProgram, EveryLayerGivesTheSameNumbersInPyTorch) {
  const std::string python = python_with("GOODFIT_TORCH_PYTHON", "torch");
  if (python.empty()) GTEST_SKIP() << "needs a Python with torch; name one by GOODFIT_TORCH_PYTHON";
  TemporaryFolder folder;
  const auto write = [&](const LayerExample& example, Exported& model, const std::string& name) {
    folder.write(name + ".py", torch_program(example.layers, model.signature, Meaning::numbers,
                                             model.built.store, name + ".safetensors"));
    write_model(folder.path() + "/" + name + ".safetensors", model.built.store, model.signature);
  };
  const Written done =
      write_examples(folder, write, [](const std::string& about, const std::string& error) {
        EXPECT_TRUE(holds(about, "layer_norm = true") || holds(about, "switchable_norm"))
            << about << error;
        EXPECT_TRUE(holds(error, "layers.0 (") && holds(error, "FILE.onnx"));
      });
  EXPECT_EQ(printed_by(python + " goodfit/study/export/torch_check.py " + folder.path()),
            fmt::format("{} agree\n", done.written));
  EXPECT_EQ(done.refused, 6u);
}

TEST(TorchProgram, HoldsTheNetAndOnlyWhatItNeeds) {
  const std::string text =
      program_of({Dense{.out = 6}, BatchNorm{}, Residual{{Relu{}, Dense{.out = 6}}}}, {4});
  EXPECT_TRUE(holds(text, R"(        self.layers = nn.Sequential(
            nn.Linear(4, 6, bias=False),
            BatchNorm1d(6, 1e-05, 0.1, affine=True),
            Residual(nn.Sequential(
                nn.ReLU(),
                nn.Linear(6, 6, bias=True),
            ), nn.Sequential()),
        )
)")) << text;
  EXPECT_TRUE(holds(text, "\nBatchNorm1d = last(nn.BatchNorm1d)\n"));
  EXPECT_TRUE(holds(text, "\ndef last(module):"));
  EXPECT_TRUE(holds(text, "\nclass Residual(nn.Module):"));
  for (const char* other : {"padded", "class Standardize", "Conv2d", "class Body"})
    EXPECT_FALSE(holds(text, other)) << other;
  EXPECT_TRUE(holds(text, "CLASSES = [\"a\", \"b\"]"));
  EXPECT_TRUE(holds(text, "parent / \"w.safetensors\""));
}

TEST(TorchProgram, PredictsAtItsTemperature) {
  const std::vector<Layer> layers{Dense{.out = 2}};
  Exported model({layers, {3}});
  model.signature.temperature = 2.5;
  const auto predicts = [&](Meaning meaning, const std::string& text) {
    return holds(torch_program(layers, model.signature, meaning, model.built.store, "w"),
                 "        return " + text + "\n");
  };
  EXPECT_TRUE(predicts(Meaning::logits, "torch.softmax(y / 2.5, -1)"));
  EXPECT_TRUE(predicts(Meaning::binary, "torch.sigmoid(y / 2.5)"));
  EXPECT_TRUE(predicts(Meaning::distribution, "torch.softmax(y.flatten(1) / 2.5, -1)"));
  EXPECT_TRUE(predicts(Meaning::normal,
                       "torch.cat([y.chunk(2, -1)[0], (y.chunk(2, -1)[1] / 2).exp() * 2.5], -1)"));
}

TEST(TorchProgram, PredictsWhatTheLossTakesOutputsFor) {
  const std::vector<Layer> layers{Dense{.out = 2}};
  EXPECT_TRUE(holds(program_of(layers, {3}), "        return y\n"));
  EXPECT_TRUE(holds(program_of(layers, {3}, Meaning::logits), "torch.softmax(y, -1)"));
  EXPECT_TRUE(holds(program_of(layers, {3}, Meaning::binary), "torch.sigmoid(y)"));
  EXPECT_TRUE(holds(program_of(layers, {3}, Meaning::normal), "/ 2).exp()"));
}

TEST(TorchProgram, WhatPyTorchLacksIsNamedWithItsLayer) {
  const auto refusal = [](const std::vector<Layer>& layers) {
    try {
      program_of(layers, {4});
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("nothing was refused");
  };
  EXPECT_EQ(refusal({Dense{.out = 3, .parametrizations = {WeightNorm{}}}}),
            "layers.0 (dense): its weight is made by parametrizations; export the model to ONNX "
            "instead: FILE.onnx");
}

TEST(TorchProgram, EveryLayerThatIsWrittenExists) {
  const std::vector<std::string> names = Layers::names();
  for (const TorchLayer& layer : torch_layers())
    EXPECT_EQ(std::count(names.begin(), names.end(), layer.key), 1) << layer.key;
}

}  // namespace
}  // namespace goodfit
