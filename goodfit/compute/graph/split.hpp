// Split: the part of a graph that random numbers touch, apart from the part that they do not.
//
//   wanted = drawn(fixed, random numbers)
//
// When the same samples run many times, as for the distribution of an output, what stands before
// the first random number is computed once.
#pragma once
#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

struct DrawSplit {
  std::vector<Id> fixed;  // values of samples that the random part reads
  Draft drawn;            // that part: its inputs are "fixed.0", …, its root is the wanted value
  bool samples_alone;     // samples share no random number; masks of weights are shared
};

DrawSplit split_draws(const Graph& graph, Id wanted);

}  // namespace goodfit
