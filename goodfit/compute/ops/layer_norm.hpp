// Layer norm: y = γ (x − μ) / √(σ² + ε) + β, with μ and σ² of each position over its channels:
// group norm of one group, each position by itself.
//
//   x, y: [batch, …, C]   γ, β: [C]
//
// Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450, eq. 3.
#pragma once
#include "goodfit/compute/ops/group_norm.hpp"

namespace goodfit {

inline Value layer_norm(Value x, Value gamma, Value beta, double eps) {
  return group_norm(x, gamma, beta, {.eps = eps, .each_position = true});
}

}  // namespace goodfit
