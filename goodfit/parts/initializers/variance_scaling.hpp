// VarianceScaling: any distribution, scaled to the size of the layer.
//
//   D w = scale / n,  n = fan_in | fan_out | (fan_in + fan_out) / 2
//
//   xavier   average, scale 1      he   fan_in, scale 2      lecun   fan_in, scale 1
//
// What decides whether the signal keeps its size is the variance; the form of the distribution
// matters little, as sums over many inputs are nearly normal. A truncated normal is cut at 2 of its
// own deviations and enlarged, so that its variance is the wanted one too.
// Source: the general form of Glorot & Bengio 2010 and He et al. 2015; Keras' VarianceScaling.
#pragma once
#include <cmath>

#include "goodfit/parts/initializers/exponential.hpp"
#include "goodfit/parts/initializers/he_normal.hpp"
#include "goodfit/parts/initializers/laplace.hpp"
#include "goodfit/parts/initializers/truncated_normal.hpp"
#include "goodfit/parts/initializers/uniform.hpp"

namespace goodfit {

struct VarianceScaling {
  std::string distribution = "normal";
  std::string mode = "fan_in";
  double scale = 1;
  bool centered = true;

  static constexpr Card card{"variance_scaling", "Any distribution with variance scale / fan."};
  static constexpr auto fields() {
    return Fields{
        field("distribution", &VarianceScaling::distribution,
              Choices{"normal", "uniform", "truncated_normal", "exponential", "laplace"},
              "form of the distribution"),
        field("mode", &VarianceScaling::mode, Choices{"fan_in", "fan_out", "average"},
              "whose size stays: of signals, of gradients, or between the two"),
        field("scale", &VarianceScaling::scale, above(0), "gain²; 2 before ReLU"),
        field("centered", &VarianceScaling::centered, "subtracts the mean of an exponential"),
    };
  }

  void fill(Span w, const Fan& fan, Random& random) const {
    const double std = HeNormal{mode, std::sqrt(scale)}.deviation(fan);
    const double border = std::numbers::sqrt3 * std, uncut = std / deviation_cut_at_2;
    if (distribution == "normal") Normal{.std = std}.fill(w, fan, random);
    if (distribution == "uniform") Uniform{-border, border}.fill(w, fan, random);
    if (distribution == "truncated_normal")
      TruncatedNormal{0, uncut, -2 * uncut, 2 * uncut}.fill(w, fan, random);
    if (distribution == "exponential") Exponential{std, centered}.fill(w, fan, random);
    if (distribution == "laplace") Laplace{.std = std}.fill(w, fan, random);
  }

  // √(1 − 4 φ(2) / (2 Φ(2) − 1)) of a standard normal between −2 and 2
  static constexpr double deviation_cut_at_2 = 0.8796256610342398;
};

}  // namespace goodfit
