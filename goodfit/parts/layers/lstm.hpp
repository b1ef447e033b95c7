// Lstm: sees a sequence step by step; gates decide what its cells keep, for hundreds of steps.
//
//   i, f, o = σ(a),  g = tanh(a)         a = W_ih x_t + b_ih + W_hh h_{t−1} + b_hh, a part for each
//   c_t = f c_{t−1} + i g        h_t = o tanh c_t            h_0 = c_0 = 0
//
//   x: [batch, T, in]   W_ih: [4 h, in]   W_hh: [4 h, h]   b: [4 h], gates in the order i f g o
//   y: [batch, T, h], or [batch, h] of the last step
//
// For texts, sound and series. Layers are stacked by naming several; dropout stands between them.
// Weights lie on disk as PyTorch's LSTM. Unlike there, they begin xavier and orthogonal, with
// biases of 0. With `layer_norm` (formulas in walk.hpp) gates do not saturate, whatever the size
// of weights and states, and long sequences train more steadily; a step costs more. Source:
// Hochreiter & Schmidhuber 1997, "Long Short-Term Memory"; Gers, Schmidhuber & Cummins 2000 for the
// gate f; PyTorch's LSTM.
#pragma once
#include "goodfit/parts/layers/walk.hpp"

namespace goodfit {

struct Lstm {
  Size hidden = 0;
  bool sequences = true;
  bool bias = true;
  Initializer init = XavierNormal{};
  Initializer recurrent_init = Orthogonal{};
  Initializer bias_init = Automatic{};
  bool layer_norm = false;

  static constexpr Card card{"lstm", "Sees a sequence step by step, with a long memory."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() { return walk_fields<Lstm>(); }

  Value build(Net& net, Value x) const { return walk(net, x, *this, Recurrent::lstm); }
};

}  // namespace goodfit
