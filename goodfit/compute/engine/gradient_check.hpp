// Gradient check: a gradient beside the finite differences of what it is the gradient of.
//
//   f' ≈ (8 (f(x + h) − f(x − h)) − (f(x + 2h) − f(x − 2h))) / 12 h
//   error: h⁴ f⁽⁵⁾ / 30 + 1.5 u |f| / h
//
// All in double, by the interpreter. Whoever adds an op or a layer checks it so:
//
//   Graph graph(4);
//   const Value x = graph.input({3}, "x");
//   EXPECT_LT(gradient_error(my_op(x), {x}), 1e-6);
//
// Source: Fornberg 1988, "Generation of Finite Difference Formulas on Arbitrarily Spaced Grids",
// table 1.
#pragma once
#include <map>

#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct GradientCheck {
  Size rows = 0;           // samples of the batch; 0: as many as the graph has room for
  std::uint64_t seed = 1;  // of the numbers in the leaves, and of the run
  double step = 1e-3;      // h, for numbers of size 1
  Size at_a_time = 0;      // samples that ops take for the gradient, where they may; 0: a shard
  Size most = 0;           // numbers of each tensor that are moved, evenly spread; 0: all
  // Numbers of leaves by name, where normal ones of size 1 will not do: indices of classes,
  // variances.
  std::map<std::string, std::vector<double>> leaves = {};
};

// The largest |gradient − finite difference| over the numbers of `wanted`, which are leaves, as a
// share of the largest |finite difference| of its tensor (or of 1e-3, if that is more). `y` is any
// value; what is differentiated is y itself when it is a scalar, else its squared distance from
// random numbers. Adds values to the graph.
double gradient_error(Value y, const Values& wanted, const GradientCheck& how = {});

}  // namespace goodfit
