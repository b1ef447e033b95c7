// Attention: every step of a sequence looks at the others and takes from those that fit.
//
//   (Q, K, V) = x W_inᵀ + b_in        O = softmax(Q Kᵀ / √d) V for each head        y = O W_outᵀ +
//   b_out
//
//   x, y: [batch, T, E]   in_proj_weight: [3 E, E]   out_proj.weight: [E, E]   d = E / heads
//
// With causal = true a step sees itself and those before it, as when the next one is to be said. It
// does not know the order of the steps: add `position` first. With layer_norm, residual, dense and
// gelu it makes a transformer. Weights lie on disk as PyTorch's MultiheadAttention.
// Source: Vaswani et al. 2017, "Attention Is All You Need", arXiv:1706.03762, section 3.2.
#pragma once
#include "goodfit/compute/ops/attention.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/initializers/xavier_uniform.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Attention {
  Size heads = 1;
  bool causal = false;
  bool bias = true;
  Initializer init = XavierUniform{};
  Initializer bias_init = Automatic{};

  static constexpr Card card{"attention", "Each step takes from the steps that fit it."};
  static constexpr Signal signal = Signal::weights;
  static constexpr auto fields() {
    return Fields{
        field("heads", &Attention::heads, at_least(1), "parts that attend on their own"),
        field("causal", &Attention::causal, "a step sees no later ones"),
        field("bias", &Attention::bias, "adds b before and after"),
        field("init", &Attention::init, "first values of both weights"),
        field("bias_init", &Attention::bias_init, "first values of both b"),
    };
  }

  Value build(Net& net, Value x) const {
    if (x.shape().rank() != 3)
      fail("it takes sequences [steps, features], not samples of shape {}",
           x.shape().without_first().text());
    const Size width = x.shape().back();
    if (width % heads != 0) fail("heads = {} does not divide its {} features", heads, width);
    const Value weights[] = {project(net, "in_proj_weight", 3 * width, width),
                             project(net, "out_proj.weight", width, width)};
    const auto biased = [&](Value y, const char* name) {
      const Size out = y.shape().back();
      return bias ? add_row(y, net.bias(name, {out}, bias_init, {.in = width, .out = width})) : y;
    };
    const Value parts = biased(goodfit::dense(x, weights[0]), "in_proj_bias");
    const Value taken = attention_of(parts, {.heads = heads, .causal = causal});
    return biased(goodfit::dense(taken, weights[1]), "out_proj.bias");
  }

 private:
  Value project(Net& net, const char* name, Size out, Size in) const {
    return net.weight(name, {out, in}, init, {.in = in, .out = out});
  }
};

}  // namespace goodfit
