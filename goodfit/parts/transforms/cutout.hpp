// Cutout: blackens a square of each image.
//
//   x[y, x, c] = 0 in a square of `size` pixels around a random pixel; it may stick out
//
// The network must not lean on one part of a thing. Blacked out is what is 0 in the data, before
// any layer. Source: DeVries & Taylor 2017, arXiv:1708.04552, section 3.2.
#pragma once
#include <algorithm>

#include "goodfit/parts/transforms/image_rows.hpp"

namespace goodfit {

struct Cutout {
  Size size = 16;

  static constexpr Card card{"cutout", "Blackens a square of each image."};
  static constexpr auto fields() {
    return Fields{field("size", &Cutout::size, within(1, 1 << 20), "side of the square")};
  }

  void apply(const Batch& batch, Random& random) const {
    const ImageSize image = image_size(batch, card.key);
    for (Size i = 0; i < batch.rows; ++i) {
      const Size y = random.below(image.height), x = random.below(image.width);
      const Patch patch = patch_around(y, x, size, size, image);
      for (Size line = patch.top; line < patch.bottom; ++line)
        std::fill_n(batch.row(i).data() + line * image.line() + patch.left * image.channels,
                    (patch.right - patch.left) * image.channels, 0.0f);
    }
  }
};

}  // namespace goodfit
