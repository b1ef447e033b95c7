// Adafactor: the mean squares of a matrix from those of its rows and of its columns.
//
//   β = 1 − t^p                                     p beta2_decay, t the number of the step
//   matrix:  R_i ← β R_i + (1 − β) mean_j g_ij²     C_j ← β C_j + (1 − β) mean_i g_ij²
//            v_ij = R_i C_j / max(mean R, ε₁)
//   vector:  v ← β v + (1 − β) g²
//   u = g / √max(v, ε₁²)
//   w ← w − η λ w                                   η the lr, λ weight_decay
//   w ← w − α u / max(1, rms(u) / clip)             α = max(ε₂, rms(w)) · min(η, 1 / √t)
//
// Steps are a share of the size of each tensor, so that η = 1e-2 suits many networks. A weight with
// more than two axes is [first, the rest]; one of a single row or column counts as a vector. R and
// C share a block as large as the weight, so the memory is half of Adam's. Source: Shazeer & Stern
// 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", arXiv:1804.04235, alg. 4
// to 6, in the form and with the defaults of PyTorch's Adafactor.
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/parts/optimizers/optimizer.hpp"
#include "goodfit/parts/optimizers/squared_norm.hpp"

namespace goodfit {

struct Adafactor {
  double beta2_decay = -0.8;
  double eps1 = 1.1920928955078125e-07;  // the distance from 1 to the next float
  double eps2 = 1e-3;
  double clip = 1;
  double weight_decay = 0;

  static constexpr Card card{"adafactor", "Mean squares of a matrix from its rows and columns."};
  static constexpr auto fields() {
    return Fields{
        field("beta2_decay", &Adafactor::beta2_decay, within(-1, 0),
              "power of the step's number that is the share of the new mean square"),
        field("eps1", &Adafactor::eps1, above(0), "least size of a gradient"),
        field("eps2", &Adafactor::eps2, above(0), "least size of a tensor, for the step"),
        field("clip", &Adafactor::clip, above(0), "largest root mean square of a direction"),
        field("weight_decay", &Adafactor::weight_decay, at_least(0),
              "share of each weight removed per step and unit of lr"),
    };
  }

  static constexpr bool whole_tensor = true;
  static constexpr std::array<std::string_view, 1> memory{"square"};

  void update(const Step& now, Span w, ConstSpan g, Memory<1> kept) const {
    const auto rows = std::size_t(now.rows), columns = w.size() / rows;
    const double t = double(now.number);
    const auto added = float(std::pow(t, beta2_decay));
    if (rows < 2 || columns < 2) {
      for (std::size_t i = 0; i < w.size(); ++i) kept[0][i] += added * (g[i] * g[i] - kept[0][i]);
      move(now, w, g, 1, w.size(), [&](std::size_t, std::size_t i) { return kept[0][i]; });
      return;
    }
    const Span by_row = kept[0].first(rows), by_column = kept[0].subspan(rows, columns);
    const float old = 1 - added, shared = added / float(rows);
    for (float& mean : by_column) mean *= old;
    double total = 0;
    for (std::size_t i = 0; i < rows; ++i) {
      const ConstSpan row = g.subspan(i * columns, columns);
      const double mean = squared_norm(row) / double(columns);
      by_row[i] = old * by_row[i] + added * float(mean);
      total += by_row[i];
      for (std::size_t j = 0; j < columns; ++j) by_column[j] += shared * row[j] * row[j];
    }
    const auto scale = float(1 / std::max(total / double(rows), eps1));
    move(now, w, g, rows, columns,
         [&](std::size_t i, std::size_t j) { return by_row[i] * scale * by_column[j]; });
  }

 private:
  // w by g [rows, columns] over the roots of `square`, twice: for their size, and for the step.
  template <class Square>
  void move(const Step& now, Span w, ConstSpan g, std::size_t rows, std::size_t columns,
            Square square) const {
    const auto least = float(eps1 * eps1);
    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i)
      sum += squared_norm(columns, [&](std::size_t j) {
        return g[i * columns + j] / std::sqrt(std::max(square(i, j), least));
      });
    const double count = double(w.size()), t = double(now.number);
    const double size = std::max(eps2, std::sqrt(squared_norm(w) / count));
    const double length = std::max(1.0, std::sqrt(sum / count) / clip);
    const auto rate = float(size * std::min(now.lr, 1 / std::sqrt(t)) / length);
    const auto shrink = float(1 - now.lr * weight_decay);
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t j = 0; j < columns; ++j) {
        const std::size_t at = i * columns + j;
        w[at] = shrink * w[at] - rate * g[at] / std::sqrt(std::max(square(i, j), least));
      }
  }
};

}  // namespace goodfit
