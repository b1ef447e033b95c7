// Export testing: models with numbers in their weights, the Python that runs them elsewhere, and a
// reader of Protocol Buffers.
#pragma once
#include <fmt/core.h>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>

#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/parts/layers/examples_testing.hpp"
#include "goodfit/train/record/signature.hpp"

namespace goodfit {

struct ProtoField {
  std::int64_t number = 0;
  std::uint64_t whole = 0;
  std::string_view bytes = {};
};

// Fields of a message, which outlives them.
inline std::vector<ProtoField> proto_fields(std::string_view message) {
  std::size_t at = 0;
  const auto varint = [&] {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(message.at(at++));
      value |= std::uint64_t(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  std::vector<ProtoField> fields;
  while (at < message.size()) {
    const std::uint64_t key = varint();
    ProtoField field{std::int64_t(key >> 3)};
    const std::uint64_t kind = key & 7;
    if (kind == 0) {
      field.whole = varint();
    } else {
      const std::size_t length = kind == 2 ? varint() : kind == 5 ? 4 : 8;
      field.bytes = message.substr(at, length);
      at += length;
    }
    fields.push_back(field);
  }
  return fields;
}

// What a command line prints.
inline std::string printed_by(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  for (int c; pipe && (c = std::fgetc(pipe)) != EOF;) text += char(c);
  if (pipe) pclose(pipe);
  return text;
}

// The Python that a variable names, or python3; empty where it lacks one of the modules.
inline std::string python_with(const char* variable, const std::string& modules) {
  const char* named = std::getenv(variable);
  const std::string python = named ? named : "python3";
  const std::string probe = python + " -c 'import " + modules + "; print(1)' 2>/dev/null";
  return printed_by(probe) == "1\n" ? python : "";
}

// A model with numbers in all its weights, as training would leave them.
struct Exported {
  explicit Exported(const LayerExample& example)
      : built(example.layers, example.sample, 5, Mode::evaluate) {
    signature.sample = example.sample;
    signature.outputs = built.y.shape().row();
    Random random(1, 5);
    for (const Stored& stored : built.store.tensors()) {
      const Span numbers = built.store.at(stored);
      const bool positive = stored.name.ends_with("var") || stored.name.ends_with("std");
      if (const auto given = example.leaves.find(stored.name); given != example.leaves.end())
        std::copy(given->second.begin(), given->second.end(), numbers.begin());
      else if (stored.shape.rank() == 1 && !positive)  // biases, shifts, scales
        for (float& x : numbers) x = float(random.normal());
    }
  }
  Built built;
  Signature signature;
};

inline std::string text_of(const std::vector<Layer>& layers) {
  std::string all;
  for (const Layer& layer : layers) all += layer.write(Which::changed).shown() + " ";
  return all;
}

// Those of all layers, and products with what becomes a part of them.
inline std::vector<LayerExample> exported_examples() {
  std::vector<LayerExample> all = layer_examples();
  const auto add = [&](std::vector<Layer> layers, const Shape& sample) {
    all.push_back({std::move(layers), sample, {{"layers.1.running_var", {0.5, 2, 1, 1.5}}}});
  };
  add({Dense{.out = 4}, BatchNorm{}}, {3});
  add({Dense{.out = 4}, BatchNorm{}, BatchNorm{}, Relu{}}, {2, 3});
  add({Conv2d{.out = 4, .kernel = 2, .groups = 2}, BatchNorm{}, Relu{}, Conv2d{.out = 1}},
      {5, 4, 2});
  add({ConvTranspose2d{.out = 4, .kernel = 2, .groups = 2}, BatchNorm{}}, {2, 3, 2});
  add({Conv1d{.out = 4}, BatchNorm{}, Flatten{}}, {5, 2});
  return all;
}

// What an exported model is to give: inputs of five samples and outputs, for the programs that run
// it. The outputs are those of the interpreter, in double.
inline std::string wanted_of(const LayerExample& example, Exported& model) {
  Numbers x = numbers_apart(5 * example.sample.count());
  if (const auto given = example.leaves.find("input"); given != example.leaves.end())
    x = given->second;
  const auto values = [](const Shape& shape, const Numbers& numbers) {
    return nlohmann::json{{"shape", std::vector<Size>(shape.begin(), shape.end())},
                          {"numbers", numbers}};
  };
  return nlohmann::json{{"about", text_of(example.layers)},
                        {"input", values(example.sample.with_first(5), x)},
                        {"outputs",
                         {{"prediction", values(model.built.y.shape().without_first().with_first(5),
                                                model.built.run(x))}}}}
      .dump();
}

// Writes all examples into the folder: `write` the model of one under a name, and beside it what it
// is to give. Those that `write` refuses go to `refused`, as text and with the error.
struct Written {
  std::size_t written = 0, refused = 0;
};
inline Written write_examples(
    const TemporaryFolder& folder,
    const std::function<void(const LayerExample&, Exported&, const std::string& name)>& write,
    const std::function<void(const std::string& about, const std::string& error)>& refused) {
  Written so_far;
  for (const LayerExample& example : exported_examples()) {
    Exported model(example);
    const std::string name = fmt::format("case_{:03}", so_far.written);
    try {
      write(example, model, name);
    } catch (const Error& error) {
      refused(text_of(example.layers), error.what());
      ++so_far.refused;
      continue;
    }
    folder.write(name + ".json", wanted_of(example, model));
    ++so_far.written;
  }
  EXPECT_EQ(so_far.written + so_far.refused, exported_examples().size());
  return so_far;
}

}  // namespace goodfit
