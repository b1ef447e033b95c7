// Cutmix: puts a rectangle of another image into each, and mixes their targets by area.
//
//   sides √(1 − λ) of the image's, around a random pixel, cut to the image; λ ~ Beta(α, α)
//   t' = a t + (1 − a) t_partner      a = share of the pixels that stayed
//
// As cutout, without wasting the pixels. One rectangle for a batch, as the authors have it.
// Source: Yun et al. 2019, arXiv:1905.04899, eq. 1 and 2, algorithm A1.
#pragma once
#include "goodfit/parts/transforms/image_rows.hpp"
#include "goodfit/parts/transforms/partners.hpp"

namespace goodfit {

struct Cutmix {
  double alpha = 1;

  static constexpr Card card{"cutmix", "Puts a rectangle of one image into another."};
  static constexpr bool mixes = true;
  static constexpr auto fields() {
    return Fields{field("alpha", &Cutmix::alpha, above(0),
                        "α of Beta(α, α): 1 makes rectangles of all sizes")};
  }

  void apply(const Batch& batch, Random& random) const {
    const ImageSize image = image_size(batch, card.key);
    const double side = std::sqrt(1 - beta_draw(alpha, random));
    const Size y = random.below(image.height), x = random.below(image.width);
    const Patch patch = patch_around(y, x, Size(side * double(image.height)),
                                     Size(side * double(image.width)), image);
    const auto stayed = float(1 - double(patch.area()) / double(image.height * image.width));
    each_pair(batch, random, [&](Span row, ConstSpan other, Span goal, ConstSpan other_goal) {
      for (Size line = patch.top; line < patch.bottom; ++line) {
        const Size first = line * image.line() + patch.left * image.channels;
        std::copy_n(other.data() + first, (patch.right - patch.left) * image.channels,
                    row.data() + first);
      }
      blend(goal, other_goal, stayed);
    });
  }
};

}  // namespace goodfit
