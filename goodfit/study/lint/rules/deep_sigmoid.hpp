// DeepSigmoid: more than four sigmoids in a row without a norm or a way past them.
//
//   σ'(z) ≤ ¼:   |∂L/∂x| ≤ ¼ ‖W‖ |∂L/∂y| in every layer
//
// With weights of norm 1 the gradient of the first layer is at most 4⁻ⁿ of the last one's, and as σ
// is not odd its mean of ½ drives later units into saturation. Source: Glorot & Bengio 2010,
// "Understanding the difficulty of training deep feedforward neural networks", AISTATS,
// section 3.1.
#pragma once
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct DeepSigmoid {
  static constexpr Card card{"deep_sigmoid", "Sigmoids in a row fade the gradient."};

  static Findings look(const Subject& subject) {
    Findings found;
    for (const Chain& layers : subject.chains) {
      const Placed* first = nullptr;
      int count = 0;
      for (const Placed& layer : layers) {
        if (normalizes(layer)) count = 0;
        if (!layer.is({"sigmoid", "hard_sigmoid"})) continue;
        if (++count == 1) first = &layer;
        if (count == 5)
          found.push_back({first->place(),
                           "more than four sigmoids follow each other from here, and each leaves a "
                           "quarter of the gradient at most",
                           "take relu or gelu, or put a batch_norm before each"});
      }
    }
    return found;
  }
};

}  // namespace goodfit
