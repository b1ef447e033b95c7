// Levels: how often targets lie where many passes with dropout expect them.
//
//   y: [passes T, rows, width]   t: [rows, targets]   level: 0.5 … 0.99
//
//   numbers          from the (1 − level) / 2 quantile of the passes to its mirror
//   numbers, noise   μ ± z s,  s² = mean of σ² + variance of the μ of the passes,
//                    erf(z / √2) = level
//   classes          the fewest classes whose mean probabilities sum to the level
//
// Inside near the level: the spread may be believed. Below it: the model is too sure. Passes alone
// do not know the noise of the targets, so that of plain numbers too few lie inside; of classes
// more do, as a set cannot hold a part of one. Width: of the interval, or classes in the set.
// Source: Kendall & Gal 2017, "What Uncertainties Do We Need in Bayesian Deep Learning for Computer
// Vision?", arXiv:1703.04977, eq. 9; for classes Angelopoulos & Bates 2021, arXiv:2107.07511,
// section 2.1.
#pragma once
#include <array>

#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct Levels {
  struct At {
    double level, inside = 0, width = 0;  // sums until they are divided by `targets`
  };
  std::array<At, 7> all{{{0.5}, {0.6}, {0.7}, {0.8}, {0.9}, {0.95}, {0.99}}};
  double targets = 0;

  struct Row {  // of classes
    double entropy;
    bool right;
  };
  std::vector<Row> rows;

  // What some samples add; `width` numbers of each pass for each of their targets' rows.
  void add(ConstSpan outputs, Size passes, ConstSpan targets, Size width, Meaning meaning);

  double inside(const At& at) const { return at.inside / targets; }
  double width(const At& at) const { return at.width / targets; }
  // Share that is right of those with the least entropy: for each share kept, up to `points`.
  std::vector<std::pair<double, double>> right_by_share(std::size_t points) const;
};

}  // namespace goodfit
