// Ghost batch norm: batch norm over virtual batches of `size` samples.
//
//   train      y = γ (x − μ_g) / √(σ²_g + ε) + β with the statistics of the sample's virtual batch
//   g;
//              the running ones are moved by each virtual batch in turn, as if batch norm saw them
//   evaluate, sample      the running mean and variance
//
// Brings the noise of small batches, and what it does for generalization, to large ones. Samples
// beyond the last whole virtual batch belong to it. Virtual batches are made of whole shards or
// equal parts of one, so `size` divides 32 or is a multiple of 32.
// Source: Hoffer, Hubara & Soudry 2017, arXiv:1705.08741, algorithm 1.
#pragma once
#include "goodfit/compute/ops/ghost_batch_norm.hpp"
#include "goodfit/parts/layers/running.hpp"

namespace goodfit {

struct GhostBatchNorm {
  Size size = 32;
  double eps = 1e-5;
  double momentum = 0.1;
  bool affine = true;

  static constexpr Card card{"ghost_batch_norm", "Batch norm over small parts of a large batch."};
  static constexpr bool centers_channels = true;
  static constexpr auto fields() {
    return Fields{
        field("size", &GhostBatchNorm::size, at_least(1), "samples of a virtual batch"),
        field("eps", &GhostBatchNorm::eps, above(0), "ε: added to the variance"),
        field("momentum", &GhostBatchNorm::momentum, within(0, 1),
              "α: weight of the new statistics"),
        field("affine", &GhostBatchNorm::affine, "learns a scale γ and a shift β"),
    };
  }

  Value build(Net& net, Value x) const {
    const Size channels = x.shape().back();
    const Affine learned(net, channels, affine);
    const Running running(net, channels);
    if (net.mode() != Mode::train) return running.normalized(x, learned, eps);
    Graph& graph = net.graph();
    const Ghosts ghosts{size, positions_in_batch(net, x), graph.shard_rows()};
    if (size % ghosts.shard_rows != 0 && ghosts.shard_rows % size != 0)
      fail("a size of {} is not allowed: it must divide {} or be a multiple of {}", size,
           ghosts.shard_rows, ghosts.shard_rows);
    if (size * ghosts.positions < 2)
      fail("a virtual batch of one sample has no variance; choose size = 2 or more");
    const Value statistics = ghost_statistics(x, ghosts, eps);
    const auto update = [&](Value buffer, Size row) {
      graph.assign(buffer, graph.add(GhostRunningOp(ghosts, momentum, row), {buffer, statistics}));
    };
    update(running.mean, 0);
    update(running.variance, 1);
    return goodfit::ghost_batch_norm(x, statistics, learned.gamma, learned.beta, ghosts);
  }
};

}  // namespace goodfit
