// Muon: momentum made orthogonal, so that a matrix turns equally far in all directions.
//
//   b ← μ b + (1 − μ) g                     μ momentum, b starts at 0
//   u = (1 − μ) g + μ b                     nesterov; else u = b
//   X = u / max(‖u‖, ε)                     [rows, columns]
//   X ← a X + b (X Xᵀ) X + c (X Xᵀ)² X      `steps` times: Newton–Schulz, which brings all singular
//                                           values near 1; a, b, c = 3.4445, −4.7750, 2.0315
//   w ← w − η λ w                           η the lr, λ weight_decay
//   w ← w − η s X                           s = 0.2 √max(rows, columns)    match_rms_adamw
//                                               √max(1, rows / columns)    original
//
// For matrices; a weight with more than two axes is [first, the rest]. Vectors, and matrices of a
// single row or column, are moved by adamw with beta1, beta2 and the same lr and weight_decay: the
// first form of s makes steps as long as adamw's, so that one lr suits both. Often needs fewer
// steps than adamw; the products cost as much as some passes through the layer. Source: Jordan et
// al. 2024, "Muon: An optimizer for hidden layers in neural networks",
// kellerjordan.github.io/posts/muon; s of match_rms_adamw: Liu et al. 2025, "Muon is Scalable for
// LLM Training", arXiv:2502.16982, eq. 4; order of operations and defaults as in PyTorch's Muon,
// but for its s (original).
#pragma once
#include "goodfit/parts/optimizers/adamw.hpp"

namespace goodfit {

struct Muon {
  double momentum = 0.95;
  double weight_decay = 0.1;
  bool nesterov = true;
  Size steps = 5;
  std::string adjust = "match_rms_adamw";
  double beta1 = 0.9;
  double beta2 = 0.999;
  double eps = 1e-7;

  static constexpr Card card{"muon", "Momentum of matrices made orthogonal; adamw for vectors."};
  static constexpr auto fields() {
    return Fields{
        field("momentum", &Muon::momentum, share, "share of the last direction kept in the next"),
        field("weight_decay", &Muon::weight_decay, at_least(0),
              "share of each weight removed per step and unit of lr"),
        field("nesterov", &Muon::nesterov, "steps as if one step of momentum further on"),
        field("steps", &Muon::steps, within(1, 100), "of Newton–Schulz"),
        field("adjust", &Muon::adjust, Choices{"match_rms_adamw", "original"},
              "how the length of a step follows the shape"),
        field("beta1", &Muon::beta1, share, "of adamw, for vectors"),
        field("beta2", &Muon::beta2, share, "of adamw, for vectors"),
        field("eps", &Muon::eps, above(0), "least length of a direction; eps of adamw"),
    };
  }

  static constexpr bool whole_tensor = true;
  static constexpr std::size_t scratch = 3;
  static constexpr std::array<std::string_view, 2> memory{"momentum", "square"};

  void update(const Step& now, Span w, ConstSpan g, const Memory<5>& kept) const {
    if (now.rows < 2 || now.rows == Size(w.size()))
      AdamW{beta1, beta2, eps, weight_decay}.update(now, w, g, {kept[0], kept[1]});
    else
      turn(now, w, g, kept);
  }

 private:
  void turn(const Step& now, Span w, ConstSpan g, const Memory<5>& kept) const;
};

}  // namespace goodfit
