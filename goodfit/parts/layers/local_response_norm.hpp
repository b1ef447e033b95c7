// Local response norm: y[c] = x[c] / (k + α / n Σ x[j]²)^β over n channels around c, for each
// position.
//
//   x, y: [batch, …, C]   j = c − ⌊n/2⌋ … c + ⌊(n − 1)/2⌋
//
// Neighbouring channels compete; of AlexNet, and later found to be of little use (VGG). The formula
// is PyTorch's, which divides α by n = `size`. Nothing is learned, and it is the same in all modes.
// Source: Krizhevsky, Sutskever & Hinton 2012, section 3.3.
#pragma once
#include "goodfit/compute/ops/local_response_norm.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct LocalResponseNorm {
  Size size = 5;
  double alpha = 1e-4;
  double beta = 0.75;
  double k = 1;

  static constexpr Card card{"local_response_norm", "Divides by the activity of channels nearby."};
  static constexpr auto fields() {
    return Fields{
        field("size", &LocalResponseNorm::size, within(1, 1 << 20), "n: channels of a window"),
        field("alpha", &LocalResponseNorm::alpha, at_least(0), "α: weight of the mean square"),
        field("beta", &LocalResponseNorm::beta, at_least(0), "β: exponent"),
        field("k", &LocalResponseNorm::k, above(0), "k: added to it"),
    };
  }

  Value build(Net&, Value x) const {
    return goodfit::local_response_norm(x, {.size = size, .alpha = alpha, .beta = beta, .k = k});
  }
};

}  // namespace goodfit
