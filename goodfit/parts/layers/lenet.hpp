// Lenet: a ready model for small images, the convolutional network of 1998.
//
//   conv 5 × 5 to 6, pool, conv 5 × 5 to 16, pool, dense 120, dense 84, dense `out`
//
//   x: [batch, H, W, C], at least 12 by 12; written for 28 by 28        y: [batch, out]
//
// An activation stands after every convolution and dense layer but the last; pools take the mean of
// 2 × 2. The first convolution keeps the size, as the original saw its images with a border of 2.
// Unlike it, pools have no weights, the second convolution sees all 6 maps, and the last layer is
// dense. Source: LeCun et al. 1998, "Gradient-Based Learning Applied to Document Recognition",
// figure 2.
#pragma once
#include "goodfit/parts/layers/avg_pool.hpp"
#include "goodfit/parts/layers/conv2d.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/tanh.hpp"

namespace goodfit {

struct Lenet {
  Size out = 10;
  Layer activation = Tanh{};

  static constexpr Card card{"lenet", "A ready model for small images: LeNet-5."};
  static constexpr auto fields() {
    return Fields{
        field("out", &Lenet::out, at_least(1), "units of the last layer"),
        field("activation", &Lenet::activation, "after each layer with weights but the last"),
    };
  }

  std::vector<Layer> layers() const {
    return {Conv2d{.out = 6, .kernel = 5, .padding = "same"},
            activation,
            AvgPool{},
            Conv2d{.out = 16, .kernel = 5},
            activation,
            AvgPool{},
            Flatten{},
            Dense{.out = 120},
            activation,
            Dense{.out = 84},
            activation,
            Dense{.out = out}};
  }
};

}  // namespace goodfit
