// Signature: what goes into a model and what comes out.
#pragma once
#include <string>
#include <vector>

#include "goodfit/base/error.hpp"
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

  // How many samples these numbers are, one after the other. Throws Error when that is no whole
  // number between 1 and `most`.
  Size samples_in(ConstSpan numbers, Size most) const {
    const Size width = sample.count(), count = Size(numbers.size()) / width;
    if (count * width != Size(numbers.size()) || count < 1 || count > most)
      fail("features: {} numbers, but a sample has {}, and 1 to {} samples are allowed",
           numbers.size(), width, most);
    return count;
  }
};

}  // namespace goodfit
