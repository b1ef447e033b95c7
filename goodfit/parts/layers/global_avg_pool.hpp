// Global average pool: y[n, c] = the mean of channel c over all positions.
//
//   x: [batch, …, C]   y: [batch, C]
//
// Between the last convolution and the classes; it has no weights, so it cannot overfit, and takes
// images of any size. Source: Lin, Chen & Yan 2014, "Network In Network", arXiv:1312.4400, section
// 3.2.
#pragma once
#include "goodfit/compute/ops/mean_positions.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct GlobalAvgPool {
  static constexpr Card card{"global_avg_pool", "The mean of each channel over all positions."};
  static constexpr auto fields() { return Fields{}; }

  Value build(Net&, Value x) const {
    return x.shape().rank() == 2 ? x : goodfit::mean_positions(x);
  }
};

}  // namespace goodfit
