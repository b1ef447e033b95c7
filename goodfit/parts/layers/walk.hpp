// Walk: what rnn, lstm and gru share; their weights and how they go over the steps of a sequence.
//
//   a = W_ih x + b_ih + W_hh h' + b_hh
//   a = γ_i LN(W_ih x) + β_i + γ_h LN(W_hh h') + β_h          with layer_norm, and then for an lstm
//   h = o tanh(γ_c LN(c) + β_c)                               instead of o tanh c
//
// LN is over all gates of a step together, but over r and z of a gru apart from its n. Source: Ba,
// Kiros & Hinton 2016, "Layer Normalization", arXiv:1607.06450, supplementary material; of its rnn,
// which has one norm of the sum, this is the form of the other cells.
#pragma once
#include "goodfit/compute/ops/layer_norm.hpp"
#include "goodfit/compute/ops/recurrent.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/initializers/constant.hpp"
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
      field("bias_init", &L::bias_init, "first values of both b, or of all β"),
      field("layer_norm", &L::layer_norm,
            "norms what inputs and state give to the gates, and c of an lstm; β in place of b"),
  };
}

constexpr double walk_eps = 1e-5;  // of the norms, as layer_norm has it

// A b or β, or zeros.
template <class L>
Value walk_bias(Net& net, const L& layer, const std::string& name, Size width, Size fan_in) {
  return layer.bias ? net.bias(name, {width}, layer.bias_init, {.in = fan_in, .out = layer.hidden})
                    : net.graph().constant({width}, 0);
}

// γ and β of one norm, as "name.weight" and "name.bias".
template <class L>
Values walk_norm(Net& net, const L& layer, const std::string& name, Size width, Size fan_in) {
  const Value scale = net.bias(name + ".weight", {width}, Constant{.value = 1}, {});
  return {scale, walk_bias(net, layer, name + ".bias", width, fan_in)};
}

// What inputs give to the gates, normed, and γ and β of what is normed inside. PyTorch's layers
// have no norms; the names are those of its example of a normed lstm, and n as in its gru.
template <class L>
Values walk_norms(Net& net, Value to_gates, Size fan_in, const L& layer,
                  const RecurrentCell& cell) {
  const Size h = layer.hidden;
  if (h < 2) fail("layer_norm takes at least two units: hidden = {} has no variance", h);
  Values normed, inside;
  const auto add_inside = [&](const std::string& name, Size width) {
    const Values both = walk_norm(net, layer, name, width, h);
    inside.insert(inside.end(), both.begin(), both.end());
  };
  for (std::size_t i = 0; i < cell.block_count(); ++i) {
    const Size begin = cell.blocks()[i].begin * h, width = cell.blocks()[i].width * h;
    const Value part = cell.block_count() == 1 ? to_gates : slice(to_gates, begin, width);
    const Values of_x =
        walk_norm(net, layer, i == 0 ? "layernorm_i" : "layernorm_in", width, fan_in);
    normed.push_back(goodfit::layer_norm(part, of_x[0], of_x[1], walk_eps));
    add_inside(i == 0 ? "layernorm_h" : "layernorm_hn", width);
  }
  if (cell.norms_its_memory()) add_inside("layernorm_c", h);
  inside.insert(inside.begin(), concat(normed));
  return inside;
}

// Weights under PyTorch's names, those of each gate one after the other.
template <class L>
Value walk(Net& net, Value x, const L& layer, Recurrent kind) {
  if (x.shape().rank() != 3)
    fail("it takes sequences [steps, features], not samples of shape {}",
         x.shape().without_first().text());
  const RecurrentCell cell(kind, layer.layer_norm ? walk_eps : 0);
  const Size in = x.shape().back(), h = layer.hidden, gates = cell.gates() * h;
  const auto weight = [&](const char* name, Size width, const Initializer& init) {
    return net.weight(name, {gates, width}, init, {.in = width, .out = h});
  };
  const Value w_ih = weight("weight_ih_l0", in, layer.init);
  const Value w_hh = weight("weight_hh_l0", h, layer.recurrent_init);
  const Value to_gates = goodfit::dense(x, w_ih);
  Values inputs;
  if (cell.normed()) {
    inputs = walk_norms(net, to_gates, in, layer, cell);
  } else {
    const Value b_ih = walk_bias(net, layer, "bias_ih_l0", gates, in);
    inputs = {layer.bias ? add_row(to_gates, b_ih) : to_gates,
              walk_bias(net, layer, "bias_hh_l0", gates, h)};
  }
  inputs.insert(inputs.begin() + 1, w_hh);
  return recurrent(cell, inputs, layer.sequences);
}

}  // namespace goodfit
