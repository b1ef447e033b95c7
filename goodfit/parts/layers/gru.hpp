// Gru: sees a sequence step by step; two gates decide what of its state is kept.
//
//   r, z = σ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh)
//   n = tanh(W_in x_t + b_in + r (W_hn h_{t−1} + b_hn))      h_t = (1 − z) n + z h_{t−1}, h_0 = 0
//
//   x: [batch, T, in]   W_ih: [3 h, in]   W_hh: [3 h, h]   b: [3 h], gates in the order r z n
//   y: [batch, T, h], or [batch, h] of the last step
//
// Three quarters of the work of an lstm and often as good. r acts after the product, as in PyTorch
// (version 3 of the paper); weights lie on disk as its GRU's. `layer_norm` as in lstm.
// Source: Cho et al. 2014, arXiv:1406.1078, eq. 5 to 8; PyTorch's GRU.
#pragma once
#include "goodfit/parts/layers/walk.hpp"

namespace goodfit {

struct Gru {
  Size hidden = 0;
  bool sequences = true;
  bool bias = true;
  Initializer init = XavierNormal{};
  Initializer recurrent_init = Orthogonal{};
  Initializer bias_init = Automatic{};
  bool layer_norm = false;

  static constexpr Card card{"gru", "Sees a sequence step by step; a smaller lstm."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() { return walk_fields<Gru>(); }

  Value build(Net& net, Value x) const { return walk(net, x, *this, Recurrent::gru); }
};

}  // namespace goodfit
