// Statistics of batch norms, computed anew from training samples.
//
// Running statistics are a moving mean over batches of the weights that came by; those of other
// weights, as of an average of them, must be computed. Here they are plain means over up to 64 full
// batches in an order of their own, of the weights as they are, as in PyTorch's update_bn.
#pragma once
#include "goodfit/train/trainer/network.hpp"

namespace goodfit {

// `network` is one for mode train. Buffers that are no running statistics, and running statistics
// whose momentum is 0, stay as they are.
void recompute_statistics(Network& network, const Portion& portion, Store& store,
                          std::uint64_t seed);

}  // namespace goodfit
