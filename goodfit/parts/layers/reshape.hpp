// Reshape: the numbers of a sample under another shape; no work.
//
//   x: [batch, …]   y: [batch, shape…]        one extent may be −1: what is left over
//
// Before a convolution over rows of numbers, or to make steps of a sequence of an image's rows.
// Source: as PyTorch's Unflatten, over the whole sample.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct Reshape {
  std::vector<Size> shape{-1};

  static constexpr Card card{"reshape", "Gives a sample another shape."};
  static constexpr auto fields() {
    return Fields{field("shape", &Reshape::shape, at_least(-1),
                        "of a sample, channels last; one extent may be -1: what is left over")};
  }
  std::string conflict() const {
    // The axis of the samples comes before.
    if (shape.empty() || Size(shape.size()) >= Shape::max_rank)
      return formatted("a shape of {} extents is not allowed: must have 1 to {}", shape.size(),
                       Shape::max_rank - 1);
    if (std::count(shape.begin(), shape.end(), 0) > 0) return "an extent of 0 leaves no numbers";
    if (std::count(shape.begin(), shape.end(), -1) > 1) return "only one extent may be -1";
    return {};
  }

  Value build(Net&, Value x) const {
    const Size numbers = x.shape().row();
    Size known = 1;
    for (const Size extent : shape)
      if (extent > 0 && __builtin_mul_overflow(known, extent, &known)) known = numbers + 1;
    Shape sample;
    for (const Size extent : shape) sample.push(extent > 0 ? extent : numbers / known);
    if (known > numbers || sample.count() != numbers)
      fail("its shape [{}] does not hold the {} numbers of a sample of shape {}",
           joined(shape, ", "), numbers, x.shape().without_first().text());
    return goodfit::reshape(x, sample);
  }
};

}  // namespace goodfit
