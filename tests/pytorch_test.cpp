// A saved model is PyTorch's as well: its names load with strict=True and give the same logits, and
// the other way round.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>

#include "goodfit/base/files.hpp"
#include "goodfit/goodfit.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/trainer/network.hpp"
#include "tests/golden.hpp"

namespace goodfit {
namespace {

Recipe recipe() {
  Recipe made;
  made.model = {Dense{.out = 6}, BatchNorm{}, Relu{},         Dense{.out = 5},
                LayerNorm{},     Tanh{},      Dense{.out = 3}};
  return made;
}

const Signature signature{{4}, 3, 1, {}, {"a", "b", "c"}};

std::vector<float> logits_of(Store& store, const std::vector<float>& inputs) {
  Threads threads(1);
  Signature own = signature;
  Network network(recipe(), own, Mode::evaluate, Size(inputs.size()) / 4, store, threads);
  std::copy(inputs.begin(), inputs.end(), network.input().begin());
  network.run(network.rows(), 0, 0);
  return {network.outputs().begin(), network.outputs().end()};
}

// The net with its first weights, every tensor in its place.
void build(Store& store) { logits_of(store, {0, 0, 0, 0}); }

// The output of a command; its exit status must be 0.
std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  for (std::array<char, 256> piece; fgets(piece.data(), int(piece.size()), pipe);)
    text += piece.data();
  EXPECT_EQ(pclose(pipe), 0) << command;
  return text;
}

bool has_pytorch() { return std::system("/usr/bin/python3 -c 'import torch' 2>/dev/null") == 0; }

}  // namespace

TEST(PyTorch, ItsModelGivesItsLogitsHere) {
  Store store;
  build(store);
  const std::string file = "tests/golden/model.safetensors";
  take_weights({read_safetensors(read_file(file), file), signature}, store, file);
  const auto inputs = golden("model")["input"].get<std::vector<float>>();
  expect_near(logits_of(store, inputs), golden("model")["logits"], 1e-5, "logits");
}

TEST(PyTorch, LoadsOurModelAndGivesOurLogits) {
  if (!has_pytorch()) GTEST_SKIP() << "/usr/bin/python3 has no torch: install python3-torch";
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/model.safetensors";
  Store store;
  build(store);
  Random random(1, 1);
  for (const Stored& stored : store.tensors())
    for (float& x : store.at(stored)) x = float(0.25 + random.uniform());
  write_model(file, store, signature);
  const std::vector<float> inputs{1, -2, 0.5, 3, 0.25, 1, -1, -0.5, 2, 2, 2, -4};
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t i = 0; i < inputs.size(); i += 4)
    rows.push_back({inputs[i], inputs[i + 1], inputs[i + 2], inputs[i + 3]});
  const std::string printed =
      output_of("/usr/bin/python3 tools/golden/model.py read " + file + " '" + rows.dump() + "'");
  nlohmann::json theirs = nlohmann::json::array();
  for (const auto& row : nlohmann::json::parse(printed, nullptr, false))
    for (const auto& logit : row) theirs.push_back(logit);
  expect_near(logits_of(store, inputs), theirs, 1e-5, "logits");
}

}  // namespace goodfit
