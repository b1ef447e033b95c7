// Embedding: each id becomes a learned vector, y[…, :] = W[id[…], :].
//
//   ids: [batch, …], whole numbers from 0 to num − 1   W: [num, dim]   y: [batch, …, dim]
//
// The first layer for texts and for columns that are categories: what is near in use comes near in
// the vectors. It takes ids as they are, so nothing may stand before it that changes them. Weights
// lie on disk as PyTorch's Embedding and begin as there, standard normal.
// Source: Bengio et al. 2003, "A Neural Probabilistic Language Model", section 2.
#pragma once
#include "goodfit/compute/ops/embedding.hpp"
#include "goodfit/parts/initializers/normal.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Embedding {
  Size num = 0;
  Size dim = 0;
  Initializer init = Normal{};

  static constexpr Card card{"embedding", "A learned vector for each id."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return Fields{
        field("num", &Embedding::num, at_least(1), "ids there are: 0 to num - 1"),
        field("dim", &Embedding::dim, at_least(1), "numbers of a vector"),
        field("init", &Embedding::init, "first values of W"),
    };
  }

  Value build(Net& net, Value x) const {
    if (x.shape().rank() >= Shape::max_rank)
      fail("samples of shape {} have no room for another axis", x.shape().without_first().text());
    // One id is as one input of a unit that sees all of them.
    return goodfit::embedding(x, net.weight("weight", {num, dim}, init, {.in = dim, .out = num}));
  }
};

}  // namespace goodfit
