// Mixup: trains on blends of two samples and of their targets.
//
//   x' = λ x + (1 − λ) x_partner     t' = λ t + (1 − λ) t_partner     λ ~ Beta(α, α)
//
// The network learns to be linear between samples: less sure of itself where it knows nothing.
// Works for any samples; classes become shares of classes, which cross_entropy takes.
// Source: Zhang, Cisse, Dauphin & Lopez-Paz 2018, arXiv:1710.09412, eq. 1 and figure 1.
#pragma once
#include "goodfit/parts/transforms/partners.hpp"

namespace goodfit {

struct Mixup {
  double alpha = 0.2;

  static constexpr Card card{"mixup", "Trains on blends of two samples and their targets."};
  static constexpr bool mixes = true;
  static constexpr auto fields() {
    return Fields{field("alpha", &Mixup::alpha, above(0),
                        "α of Beta(α, α): larger blends more; 0.1 to 0.4 are usual")};
  }

  void apply(const Batch& batch, Random& random) const {
    const auto share = float(beta_draw(alpha, random));
    each_pair(batch, random, [&](Span row, ConstSpan other, Span goal, ConstSpan other_goal) {
      blend(row, other, share);
      blend(goal, other_goal, share);
    });
  }
};

}  // namespace goodfit
