// Normal: independent normal values, whatever the size of the layer.
//
//   w ~ N(mean, std²)
//
// A small std works for shallow networks only: through each layer of n inputs the signal shrinks or
// grows by √n · std. The scaled ones (xavier, he) choose std so that it stays.
#pragma once
#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Normal {
  double mean = 0;
  double std = 1;

  static constexpr Card card{"normal", "Normal values of a given mean and deviation."};
  static constexpr auto fields() {
    return Fields{
        field("mean", &Normal::mean, any_number, "mean of the values"),
        field("std", &Normal::std, at_least(0), "standard deviation of the values"),
    };
  }

  void fill(Span w, const Fan&, Random& random) const {
    for (float& x : w) x = float(mean + std * random.normal());
  }
};

}  // namespace goodfit
