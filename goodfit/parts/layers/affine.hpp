// Affine: the scale γ and the shift β that a norm learns for each channel, or 1 and 0.
#pragma once
#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Affine {
  Value gamma, beta;  // [channels], in the store as "weight" and "bias"

  Affine(Net& net, Size channels, bool learned, bool shifted = true)
      : gamma(number(net, "weight", channels, 1, learned)),
        beta(number(net, "bias", channels, 0, learned && shifted)) {}

 private:
  static Value number(Net& net, const char* name, Size channels, double start, bool learned) {
    return learned ? net.bias(name, {channels}, Constant{.value = start}, {})
                   : net.graph().constant({channels}, start);
  }
};

}  // namespace goodfit
