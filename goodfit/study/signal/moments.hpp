// Moments: the size of a signal, predicted from layer to layer.
//
// D is the variance, E x² = D x + (E x)². Weights are independent of the signal and of each other,
// with mean 0; n are the inputs of a unit, n' the units that an input reaches.
//
//   layer                    forward                              backward
//   dense, conv1d, conv2d    E y² = n E w² E x² + E b²            E dx² = n' E w² E dy²
//   activation f             x normal: E f(x), E f(x)²            E dx² = E f'(x)² E dy²
//   dropout                  E y² = E x² / (1 − p)                E dx² = E dy² / (1 − p)
//   batch, layer, group and  E y = β, E y² = γ² + β²              E dx² = γ² E dy² / D x
//   instance norm
//   residual: x + f(x)       E y² = E x² + E f(x)²                E dx² = E dy² + what f adds
//   flatten                  stays                                stays
//
// Through many layers these are the products that Xavier's and He's initializations keep at 1: with
// f = tanh, f'(0) = 1, n D w = 1, and with relu, ½ n D w = 1. There is no prediction for what is
// not in this list (pooling, softmax, glu, layers of other kinds), nor for weights whose mean is
// not 0; behind such a layer it begins again with what was measured. The sum of a residual holds
// where the signs of f(x) are random, as behind fresh weights. The zeros of a padding are counted
// as signal. Source: Glorot & Bengio 2010, AISTATS, eq. 5 and 6; He et al. 2015, arXiv:1502.01852,
// eq. 7 to 14; f as an integral: Poole et al. 2016, arXiv:1606.05340, eq. 3.
#pragma once
#include <optional>

#include "goodfit/train/trainer/probed.hpp"

namespace goodfit {

struct Moments {
  double mean = 0, square = 0;    // E x, E x²
  bool signs_are_random = false;  // independent of all that came before
  double variance() const { return square - mean * mean; }
};

// What leaves a layer when `in` goes into it, or nothing where there is no prediction.
std::optional<Moments> forward(const Passage& layer, const Store& store, const Moments& in);
// E dx² for each unit of E dy², where `in` went into the layer.
std::optional<double> backward(const Passage& layer, const Store& store, const Moments& in);

// What an activation makes of numbers; nothing when it does not act on each alone.
std::optional<std::vector<double>> applied(const Layer& activation, const std::vector<double>& x);

}  // namespace goodfit
