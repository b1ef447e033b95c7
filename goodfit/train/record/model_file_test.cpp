#include "goodfit/train/record/model_file.hpp"

#include "goodfit/base/files.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/parts/layers/examples_testing.hpp"

namespace goodfit {
namespace {

// Every number of a net another than those that it begins with.
void change_all(Store& store) {
  Random random(4, stream_of("change"));
  for (float& x : store.all()) x = float(0.5 + random.uniform());
}

Signature signature_of(const Shape& sample) {
  Signature signature;
  signature.sample = sample;
  return signature;
}

}  // namespace

TEST(ModelFile, GivesEveryLayerItsNumbersBack) {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/model.safetensors";
  for (const LayerExample& example : layer_examples()) {
    const std::string name = example.layers[0].write(Which::changed).shown();
    Built saved(example.layers, example.sample, 2, Mode::train);
    change_all(saved.store);
    write_model(file, saved.store, signature_of(example.sample));
    Built loaded(example.layers, example.sample, 2, Mode::evaluate);
    const ModelFile model = read_model(file);
    take_weights(model, loaded.store, file);
    EXPECT_EQ(model.signature.sample, example.sample);
    for (const Stored& stored : saved.store.tensors()) {
      const ConstSpan before = saved.store.at(stored.name), after = loaded.store.at(stored.name);
      EXPECT_TRUE(std::equal(before.begin(), before.end(), after.begin(), after.end()))
          << name << ": " << stored.name;
    }
    Built same(example.layers, example.sample, 2, Mode::evaluate);
    same.store = saved.store;
    Numbers x(std::size_t(2 * example.sample.count()));
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = takes_ids(example) ? double(i % 3) : std::sin(double(i));
    EXPECT_EQ(loaded.run(x), same.run(x)) << name;
  }
}

TEST(ModelFile, OfAnotherModelIsRefusedByTheFirstTensorThatDoesNotFit) {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/model.safetensors";
  write_model(file, Built({Dense{.out = 3}}, {4}, 2).store, signature_of({4}));
  const auto taken_by = [&](const std::vector<Layer>& layers) {
    return error_of([&] {
      Built net(layers, {4}, 2);
      take_weights(read_model(file), net.store, file);
    });
  };
  EXPECT_TRUE(says(taken_by({Dense{.out = 2}}),
                   "tensor \"layers.0.weight\" has shape [3, 4], the recipe wants [2, 4]"));
  EXPECT_TRUE(
      says(taken_by({Dense{.out = 3}, LayerNorm{}}), "tensor \"layers.1.weight\" is missing"));
  EXPECT_TRUE(says(taken_by({Dense{.out = 3, .bias = false}}),
                   "tensor \"layers.0.bias\" is not in the model of the recipe"));
}

TEST(ModelFile, KeepsATemperatureAndRefusesOneThatIsNone) {
  const TemporaryFolder folder;
  const std::string file = folder.path() + "/model.safetensors";
  const Built built({Dense{.out = 3}}, {4}, 2);
  Signature signature = signature_of({4});
  write_model(file, built.store, signature);
  EXPECT_FALSE(says(read_file(file), "temperature")) << "of what is not calibrated";
  EXPECT_EQ(read_model(file).signature.temperature, 1);
  signature.temperature = 1.5;
  write_model(file, built.store, signature);
  EXPECT_EQ(read_model(file).signature.temperature, 1.5);
  signature.temperature = 0;
  write_model(file, built.store, signature);
  EXPECT_TRUE(says(error_of([&] { read_model(file); }), "temperature = 0 is not allowed"));
}

}  // namespace goodfit
