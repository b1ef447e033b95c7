// Signature: what goes into a model and what comes out.
#pragma once
#include <string>
#include <vector>

#include "goodfit/base/fields.hpp"
#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

// What a temperature may be: beyond it, probabilities are 0 and 1, or all alike.
inline constexpr Range temperature_range = within(1e-3, 1e3);

// What a model was trained on, as far as it matters for using it.
struct Signature {
  Shape sample;      // shape of one sample
  Size outputs = 1;  // numbers the model gives
  Size target_width = 1;
  std::vector<std::string> features;  // names, if they have any
  std::vector<std::string> classes;   // names, if the targets are classes
  double temperature = 1;             // of trainer/temperature.hpp; 1: not calibrated
};

}  // namespace goodfit
