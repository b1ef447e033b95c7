// Clip norm: g ← g min(1, c / (‖g‖ + 1e-6)),   ‖g‖ over all gradients together          c max
//
// Shortens a step that is too long and keeps its direction; what recurrent nets need against
// gradients that explode, and a cheap insurance elsewhere: choose c a little above the usual norm.
// Source: Pascanu, Mikolov & Bengio 2013, "On the difficulty of training recurrent neural
// networks", arXiv:1211.5063, alg. 1; in the form of PyTorch's clip_grad_norm_.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/dot.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/parts/gradients/gradient_rule.hpp"

namespace goodfit {

struct ClipNorm {
  double max = 1;

  static constexpr Card card{"clip_norm", "Bounds the length of all gradients together."};
  static constexpr auto fields() {
    return Fields{field("max", &ClipNorm::max, above(0), "largest length")};
  }

  // The factor, of the squared length.
  struct Curve {
    double max;
    static constexpr std::string_view name = "clip_norm";
    std::string settings() const { return formatted("max={}", max); }
    template <class T>
    T value(T squares) const {
      const T factor = T(max) / (std::sqrt(squares) + T(1e-6));
      return factor > 1 ? T(1) : factor;
    }
    template <class T>
    T slope(T squares) const {
      const T root = std::sqrt(squares), factor = value(squares);
      return factor == 1 ? T(0) : -factor * factor / (2 * root * T(max));
    }
  };

  Values build(Values gradients) const {
    Value squares = dot(gradients.front(), gradients.front());
    for (std::size_t i = 1; i < gradients.size(); ++i)
      squares = add(squares, dot(gradients[i], gradients[i]));
    const Value factor = pointwise(squares, Curve{max});
    for (Value& g : gradients) g = scaled(g, factor);
    return gradients;
  }
};

}  // namespace goodfit
