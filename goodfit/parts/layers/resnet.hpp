// Resnet: a ready model for images of about 32 by 32, deep by residuals.
//
//   conv 3 × 3, norm, relu; three stages of n blocks; global_avg_pool; dense `out`
//   block   relu(s(x) + norm(conv(relu(norm(conv(x))))))
//
//   x: [batch, H, W, C]   y: [batch, out]   depth = 6 n + 2, layers with weights on the longest way
//
// Filters are width, 2 width, 4 width; the second and the third stage begin with a stride of 2.
// There s is a convolution 1 × 1 with a norm (option B of the paper), elsewhere x itself. The norm
// is any layer: batch_norm, or one that does not need large batches, as group_norm, best with
// weight_standardization as parametrization (BiT).
// Source: He et al. 2016, "Deep Residual Learning for Image Recognition", arXiv:1512.03385, section
// 4.2.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/conv2d.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/global_avg_pool.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/residual.hpp"

namespace goodfit {

struct Resnet {
  Size depth = 20;
  Size out = 10;
  Size width = 16;
  Layer norm = BatchNorm{};
  std::vector<Parametrization> parametrizations = {};

  static constexpr Card card{"resnet", "A ready model for images: residual blocks, 6 n + 2 deep."};
  static constexpr auto fields() {
    return Fields{
        field("depth", &Resnet::depth, within(8, 10000), "8, 14, 20, 26, 32 … 110: 6 n + 2"),
        field("out", &Resnet::out, at_least(1), "units of the last layer"),
        field("width", &Resnet::width, at_least(1), "filters of the first stage"),
        field("norm", &Resnet::norm, "after each convolution"),
        field("parametrizations", &Resnet::parametrizations, "of the convolutions"),
    };
  }
  std::string conflict() const {
    return depth % 6 == 2 ? ""
                          : formatted("a depth of {} is not 6 n + 2; the nearest are {} and {}",
                                      depth, depth - (depth + 4) % 6, depth + 6 - (depth + 4) % 6);
  }

  std::vector<Layer> layers() const {
    std::vector<Layer> all{convolution(width, 1), norm, Relu{}};
    for (Size stage = 0; stage < 3; ++stage)
      for (Size block = 0; block < (depth - 2) / 6; ++block) {
        all.push_back(residual(width << stage, stage > 0 && block == 0));
        all.push_back(Relu{});
      }
    all.insert(all.end(), {GlobalAvgPool{}, Dense{.out = out}});
    return all;
  }

 private:
  Layer convolution(Size filters, Size stride, Size kernel = 3) const {
    return Conv2d{.out = filters,
                  .kernel = kernel,
                  .stride = stride,
                  .padding = kernel / 2,
                  .bias = false,
                  .parametrizations = parametrizations};
  }
  Layer residual(Size filters, bool halves) const {
    const std::vector<Layer> body{convolution(filters, halves ? 2 : 1), norm, Relu{},
                                  convolution(filters, 1), norm};
    if (!halves) return Residual{body};
    return Residual{body, {convolution(filters, 2, 1), norm}};
  }
};

}  // namespace goodfit
