// Walk: what rnn, lstm and gru share; their weights and how they go over the steps of a sequence.
#pragma once
#include "goodfit/compute/ops/recurrent.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/initializers/orthogonal.hpp"
#include "goodfit/parts/initializers/xavier_normal.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

// The settings of each: L is the layer.
template <class L>
constexpr auto walk_fields() {
  return Fields{
      field("hidden", &L::hidden, at_least(1), "h: units, the width of the output"),
      field("sequences", &L::sequences, "gives the output of every step; otherwise of the last"),
      field("bias", &L::bias, "adds b to what inputs and state give"),
      field("init", &L::init, "first values of the weights of the inputs"),
      field("recurrent_init", &L::recurrent_init, "first values of the weights of the state"),
      field("bias_init", &L::bias_init, "first values of both b"),
  };
}

// Weights under PyTorch's names, those of each gate one after the other.
template <class L>
Value walk(Net& net, Value x, const L& layer, Recurrent cell) {
  if (x.shape().rank() != 3)
    fail("it takes sequences [steps, features], not samples of shape {}",
         x.shape().without_first().text());
  const Size in = x.shape().back(), h = layer.hidden, gates = widths_of(cell).gates * h;
  const auto weight = [&](const char* name, Size width, const Initializer& init) {
    return net.weight(name, {gates, width}, init, {.in = width, .out = h});
  };
  const Value w_ih = weight("weight_ih_l0", in, layer.init);
  const Value w_hh = weight("weight_hh_l0", h, layer.recurrent_init);
  const auto bias = [&](const char* name, Size width) {
    return layer.bias ? net.bias(name, {gates}, layer.bias_init, {.in = width, .out = h})
                      : net.graph().constant({gates}, 0);
  };
  const Value b_ih = bias("bias_ih_l0", in), b_hh = bias("bias_hh_l0", h);
  const Value to_gates = goodfit::dense(x, w_ih);
  return recurrent(cell, layer.bias ? add_row(to_gates, b_ih) : to_gates, w_hh, b_hh,
                   layer.sequences);
}

}  // namespace goodfit
