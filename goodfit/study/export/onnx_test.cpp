#include "goodfit/study/export/onnx.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "goodfit/study/export/testing.hpp"

namespace goodfit {
namespace {

TEST(Onnx, EveryLayerGivesTheSameNumbersInOnnxRuntime) {
  const std::string python = python_with("GOODFIT_ONNX_PYTHON", "onnx, onnxruntime");
  if (python.empty())
    GTEST_SKIP() << "needs a Python with onnx and onnxruntime; name one by GOODFIT_ONNX_PYTHON";
  TemporaryFolder folder;
  const auto write = [&](const LayerExample& example, Exported& model, const std::string& name) {
    folder.write(name + ".onnx",
                 onnx_of(example.layers, model.signature, Meaning::numbers, model.built.store));
  };
  const Written done =
      write_examples(folder, write, [](const std::string& about, const std::string& error) {
        EXPECT_NE(about.find("layer_norm = true"), about.npos) << about << error;
        EXPECT_NE(error.find("layers.0 ("), error.npos);
      });
  EXPECT_EQ(printed_by(python + " goodfit/study/export/onnx_check.py " + folder.path()),
            fmt::format("{} agree\n", done.written));
  EXPECT_EQ(done.refused, 4u);
}

// Number and kind of nodes, as text: "Gemm Relu Gemm".
std::string ops_of(const std::string& bytes) {
  std::string all;
  for (const ProtoField& graph : proto_fields(bytes))
    if (graph.number == 7)
      for (const ProtoField& node : proto_fields(graph.bytes))
        if (node.number == 1)
          for (const ProtoField& part : proto_fields(node.bytes))
            if (part.number == 4) all += (all.empty() ? "" : " ") + std::string(part.bytes);
  return all;
}
std::string ops_of(const std::vector<Layer>& layers, const Shape& sample,
                   Meaning meaning = Meaning::numbers, std::vector<std::string> classes = {}) {
  Exported model({layers, sample});
  model.signature.classes = std::move(classes);
  return ops_of(onnx_of(layers, model.signature, meaning, model.built.store));
}

TEST(Onnx, BiasesAndBatchNormsArePartOfTheWeightsBeforeThem) {
  EXPECT_EQ(ops_of({Dense{.out = 3}, BatchNorm{}, Relu{}, Dense{.out = 2}}, {4}),
            "Gemm Relu Gemm Identity");
  EXPECT_EQ(ops_of({BatchNorm{}, Dense{.out = 3}}, {4}), "Sub Mul Add Gemm Identity");
}

// Numbers of a constant of the graph.
Numbers constant_of(const std::string& bytes, const std::string& name) {
  Numbers numbers;
  for (const ProtoField& graph : proto_fields(bytes))
    for (const ProtoField& constant :
         graph.number == 7 ? proto_fields(graph.bytes) : std::vector<ProtoField>{}) {
      if (constant.number != 5) continue;
      bool named = false;
      for (const ProtoField& part : proto_fields(constant.bytes)) {
        named = named || (part.number == 8 && part.bytes == name);
        if (!named || part.number != 9) continue;
        Floats floats(part.bytes.size() / sizeof(float));
        std::memcpy(floats.data(), part.bytes.data(), part.bytes.size());
        numbers.assign(floats.begin(), floats.end());
      }
    }
  return numbers;
}

TEST(Onnx, WhatIsFoldedIntoAProductGivesTheSameNumbers) {
  const std::vector<Layer> layers{Dense{.out = 2}, BatchNorm{}};
  Exported model({layers, {3}, {{"layers.1.running_var", {0.5, 2}}}});
  const std::string bytes = onnx_of(layers, model.signature, Meaning::numbers, model.built.store);
  const Numbers w = constant_of(bytes, "layers.0.weight"),
                b = constant_of(bytes, "layers.0.weight.shift"), x{0.5, -1, 2};
  ASSERT_EQ(w.size(), 6u);
  ASSERT_EQ(b.size(), 2u);
  Numbers y = b;
  for (std::size_t i = 0; i < 6; ++i) y[i / 3] += w[i] * x[i % 3];
  expect_numbers(y, model.built.run(x), 1e-6);
}

TEST(Onnx, ImagesAreTransposedAtTheBordersAlone) {
  EXPECT_EQ(ops_of({Conv2d{.out = 2}, BatchNorm{}, Relu{}, MaxPool{}, Conv2d{.out = 2, .kernel = 1},
                    GlobalAvgPool{}, Dense{.out = 2}},
                   {6, 6, 1}),
            "Transpose Conv Relu MaxPool Conv ReduceMean Gemm Identity");
}

TEST(Onnx, OutputsAreWhatPredictGives) {
  const std::vector<Layer> layers{Dense{.out = 2}};
  EXPECT_EQ(ops_of(layers, {3}, Meaning::logits, {"a", "b"}),
            "Gemm ArgMax Gather Softmax Identity");
  EXPECT_EQ(ops_of(layers, {3}, Meaning::logits), "Gemm Softmax Identity");
  EXPECT_EQ(ops_of(layers, {3}, Meaning::scores, {"a", "b"}), "Gemm ArgMax Gather Identity");
  EXPECT_EQ(ops_of(layers, {3}, Meaning::distribution), "Gemm Softmax Identity");
  EXPECT_EQ(ops_of(layers, {3}, Meaning::normal), "Gemm Slice Identity Slice Mul Exp Identity");
  EXPECT_EQ(ops_of({Dense{.out = 1}}, {3}, Meaning::binary, {"no", "yes"}),
            "Gemm Sigmoid Greater Cast Squeeze Gather Identity");
  EXPECT_EQ(ops_of(layers, {3}, Meaning::binary), "Gemm Sigmoid Identity");
}

TEST(Onnx, ATemperatureStandsBeforeWhatPredictGives) {
  const std::vector<Layer> layers{Dense{.out = 2}};
  Exported model({layers, {3}});
  model.signature.temperature = 2.5;
  const auto ops = [&](Meaning meaning) {
    return ops_of(onnx_of(layers, model.signature, meaning, model.built.store));
  };
  EXPECT_EQ(ops(Meaning::logits), "Gemm Div Softmax Identity");
  EXPECT_EQ(ops(Meaning::binary), "Gemm Div Sigmoid Identity");
  EXPECT_EQ(ops(Meaning::normal), "Gemm Slice Identity Slice Mul Exp Mul Identity");
}

TEST(Onnx, TheFileSaysVersionsNamesAndTheRawInput) {
  Exported model({{Standardize{}, Dense{.out = 2}}, {2}});
  model.signature.features = {"length", "width"};
  model.signature.classes = {"lily", "rose"};
  const std::string bytes = onnx_of({Standardize{}, Dense{.out = 2}}, model.signature,
                                    Meaning::logits, model.built.store);
  std::map<Size, std::size_t> counts;
  std::string notes;
  for (const ProtoField& field : proto_fields(bytes)) {
    ++counts[field.number];
    if (field.number == 1) {
      EXPECT_EQ(field.whole, 8u);
    } else if (field.number == 8) {
      EXPECT_EQ(proto_fields(field.bytes)[1].whole, 17u);
    } else if (field.number == 14) {
      for (const ProtoField& part : proto_fields(field.bytes))
        notes += std::string(part.bytes) + ";";
    }
  }
  EXPECT_EQ(counts, (std::map<Size, std::size_t>{{1, 1}, {2, 1}, {3, 1}, {7, 1}, {8, 1}, {14, 2}}));
  EXPECT_EQ(notes, "features;[\"length\",\"width\"];classes;[\"lily\",\"rose\"];");
}

// An op of somebody's own.
struct OwnOp final : PlainOp<OwnOp> {
  std::string_view name() const override { return "own"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>&) const {}
};
struct OwnLayer {
  static constexpr Card card{"own", "Not known to ONNX."};
  static constexpr auto fields() { return Fields{}; }
  Value build(Net&, Value x) const { return x.graph->add(OwnOp{}, {x}); }
};
TEST(Onnx, AnOpWithoutACounterpartIsNamedWithItsLayer) {
  Exported model({{Dense{.out = 2}, OwnLayer{}}, {3}});
  try {
    onnx_of({Dense{.out = 2}, OwnLayer{}}, model.signature, Meaning::numbers, model.built.store);
    FAIL() << "nothing was refused";
  } catch (const Error& error) {
    EXPECT_EQ(std::string(error.what()),
              "layers.1 (own): its op own has no counterpart here: all layers of `goodfit show "
              "layers` can be exported to ONNX, those of your own cannot");
  }
}

}  // namespace
}  // namespace goodfit
