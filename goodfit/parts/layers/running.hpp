// Running: the mean and variance that a norm of batches keeps for evaluation, and what it needs of
// a batch.
//
//   running ← (1 − α) running + α batch, the variance as the unbiased estimate
#pragma once
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/parts/layers/affine.hpp"

namespace goodfit {

struct Running {
  Value mean, variance;  // [channels]

  Running(Net& net, Size channels)
      : mean(net.buffer("running_mean", {channels}, 0)),
        variance(net.buffer("running_var", {channels}, 1)) {}

  // x normalized by them, as they are.
  Value normalized(Value x, const Affine& learned, double eps) const {
    return goodfit::batch_norm(x, normalizer(mean, variance, eps), learned.gamma, learned.beta,
                               true);
  }
  // batch: [2, channels], see statistics.hpp.
  void update(Value batch, double momentum, Size positions) const {
    Graph& graph = *batch.graph;
    graph.assign(mean, graph.add(RunningOp(momentum, 0, positions), {mean, batch}));
    graph.assign(variance, graph.add(RunningOp(momentum, 1, positions), {variance, batch}));
  }
};

// Positions of a sample of x, whose channels are to be normalized over a batch that can be.
inline Size positions_in_batch(Net& net, Value x) {
  const Size positions = positions_of(x, x.shape().back());
  if (x.shape().front() * positions < 2)
    fail("a batch of one sample has no variance; choose batch = 2 or more, or layer_norm");
  if (positions == 1) net.uses_batch_statistics = true;
  return positions;
}

}  // namespace goodfit
