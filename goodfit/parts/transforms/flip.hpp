// Flip: mirrors an image, left becomes right, with probability p.
//
//   x[y, x, c] ↔ x[y, W − 1 − x, c]
//
// For pictures whose mirror image is as likely: things and animals, but no digits or letters.
// Source: Krizhevsky, Sutskever & Hinton 2012, "ImageNet Classification with Deep Convolutional
// Neural Networks", section 4.1.
#pragma once
#include <algorithm>

#include "goodfit/parts/transforms/image_rows.hpp"

namespace goodfit {

struct Flip {
  double p = 0.5;

  static constexpr Card card{"flip", "Mirrors images, left to right."};
  static constexpr auto fields() {
    return Fields{field("p", &Flip::p, within(0, 1), "share of the samples that are mirrored")};
  }

  void apply(const Batch& batch, Random& random) const {
    const ImageSize image = image_size(batch, card.key);
    for (Size i = 0; i < batch.rows; ++i) {
      if (random.uniform() >= p) continue;
      const Span row = batch.row(i);
      for (Size y = 0; y < image.height; ++y) {
        float* line = row.data() + y * image.line();
        for (Size left = 0, right = image.width - 1; left < right; ++left, --right)
          std::swap_ranges(line + left * image.channels, line + (left + 1) * image.channels,
                           line + right * image.channels);
      }
    }
  }
};

}  // namespace goodfit
