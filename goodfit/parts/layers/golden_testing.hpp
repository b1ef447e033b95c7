// Golden cases: layers, their inputs, and what PyTorch made of them, from tools/golden.
#pragma once
#include "goodfit/parts/layers/layer.hpp"
#include "tests/golden.hpp"

namespace goodfit {

using Json = nlohmann::json;

inline std::vector<Json> golden_cases() {
  std::vector<Json> all;
  for (const char* file : {"layers", "image_layers", "structure_layers", "sequence_layers", "norms",
                           "dropouts", "parametrizations"})
    for (const Json& one : golden(file)["cases"]) all.push_back(one);
  return all;
}

inline std::vector<Layer> layers_of(const Json& one) {
  std::vector<Layer> layers;
  for (const Json& layer : one["layers"]) layers.push_back(Layer::read(setting_from(layer)));
  return layers;
}

}  // namespace goodfit
