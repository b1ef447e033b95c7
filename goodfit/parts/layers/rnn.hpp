// Rnn: a layer that sees a sequence step by step and remembers what it said before.
//
//   h_t = f(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh)        h_0 = 0, f = tanh or relu
//
//   x: [batch, T, in]   W_ih: [h, in]   W_hh: [h, h]   b: [h]   y: [batch, T, h], or [batch, h] of
//   the last step
//
// Forgets within some tens of steps, as its gradients fade or explode; lstm and gru remember
// longer. Weights lie on disk as PyTorch's RNN. `layer_norm` as in lstm. Source: Elman 1990,
// "Finding Structure in Time"; PyTorch's RNN.
#pragma once
#include "goodfit/parts/layers/walk.hpp"

namespace goodfit {

struct Rnn {
  Size hidden = 0;
  bool sequences = true;
  bool bias = true;
  Initializer init = XavierNormal{};
  Initializer recurrent_init = Orthogonal{};
  Initializer bias_init = Automatic{};
  bool layer_norm = false;
  std::string activation = "tanh";

  static constexpr Card card{"rnn", "Sees a sequence step by step, with a short memory."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return walk_fields<Rnn>().with(
        field("activation", &Rnn::activation, Choices{"tanh", "relu"}, "f"));
  }

  Value build(Net& net, Value x) const {
    return walk(net, x, *this, activation == "tanh" ? Recurrent::rnn_tanh : Recurrent::rnn_relu);
  }
};

}  // namespace goodfit
