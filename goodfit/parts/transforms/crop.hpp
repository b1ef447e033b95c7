// Crop: moves an image by up to `padding` pixels up or down and left or right.
//
//   x'[y, x] = x[y + dy, x + dx] where that is a pixel, else 0      dy, dx uniform on −P … P
//
// This is padding an image with zeros and cutting its own size out of it. What a thing is then does
// not depend on where it lies. Source: Lee et al. 2015, "Deeply-Supervised Nets", arXiv:1409.5185,
// section 3.3, as used by He et al. 2016, arXiv:1512.03385, section 4.2.
#pragma once
#include <algorithm>
#include <cstring>

#include "goodfit/parts/transforms/image_rows.hpp"

namespace goodfit {

struct Crop {
  Size padding = 4;

  static constexpr Card card{"crop", "Moves images by a few pixels, zeros come in."};
  static constexpr auto fields() {
    return Fields{field("padding", &Crop::padding, within(0, 1024), "P: largest move in pixels")};
  }

  void apply(const Batch& batch, Random& random) const {
    const ImageSize image = image_size(batch, card.key);
    const Size far = 2 * padding + 1;
    for (Size i = 0; i < batch.rows; ++i) {
      const Size down = random.below(far) - padding, right = random.below(far) - padding;
      move(batch.row(i), image, down, right);
    }
  }

 private:
  // In place: lines are taken in the order that reads each before it is written.
  static void move(Span row, const ImageSize& image, Size down, Size right) {
    const Size kept = std::max<Size>(0, image.width - std::abs(right)) * image.channels;
    const Size from_x = std::max<Size>(0, right) * image.channels;
    const Size to_x = std::max<Size>(0, -right) * image.channels;
    for (Size n = 0; n < image.height; ++n) {
      const Size y = down >= 0 ? n : image.height - 1 - n, from = y + down;
      float* line = row.data() + y * image.line();
      if (from < 0 || from >= image.height || kept == 0) {
        std::fill_n(line, image.line(), 0.0f);
        continue;
      }
      const float* source = row.data() + from * image.line();
      std::memmove(line + to_x, source + from_x, std::size_t(kept) * sizeof(float));
      std::fill(line, line + to_x, 0.0f);
      std::fill(line + to_x + kept, line + image.line(), 0.0f);
    }
  }
};

}  // namespace goodfit
