// Autoencoder: a ready model that gives its input back through few units.
//
//   y = W₂ dropout(f(W₁ x + b₁)) + b₂        x: [batch, …], taken as a row   y: [batch, features]
//
// What the hidden units learn are features of the data, and what they cannot give back is unlike
// it. Wants targets equal to the inputs: data = { idx = { target = "input" } }. With dropout the
// units learn to do without each other.
// Source: Rumelhart, Hinton & Williams 1986; with dropout, Srivastava et al. 2014, JMLR 15, section
// 7.1.
#pragma once
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/relu.hpp"

namespace goodfit {

struct Autoencoder {
  Size hidden = 256;
  double dropout = 0;
  Layer activation = Relu{};

  static constexpr Card card{"autoencoder", "A ready model that gives its input back."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return Fields{
        field("hidden", &Autoencoder::hidden, at_least(1), "units between encoder and decoder"),
        field("dropout", &Autoencoder::dropout, share, "probability to drop a hidden unit"),
        field("activation", &Autoencoder::activation, "of the hidden units"),
    };
  }

  Value build(Net& net, Value x) const {
    std::vector<Layer> all{Flatten{}, Dense{.out = hidden}, activation};
    if (dropout > 0) all.push_back(Dropout{.p = dropout});
    all.push_back(Dense{.out = x.shape().row()});
    return build_sequence(net, "body", all, x);
  }
};

}  // namespace goodfit
