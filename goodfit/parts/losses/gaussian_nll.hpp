// GaussianNll: the model says how sure it is; numbers are normal around its mean, with its
// variance.
//
//   ½ (log v + (x − t)² / v),  v = e^s + ε        the mean over the batch and the targets
//
// Outputs are twice as many as targets: the means x, then the log variances s, whose network may
// give any number. The variance it learns is that of the noise in the targets; that of the model
// is what sampling with dropout shows. Train with a small lr first: where v is small, slopes are
// large. Source: Nix & Weigend 1994, "Estimating the mean and variance of the target probability
// distribution", eq. 2; PyTorch's GaussianNLLLoss, of v.
#pragma once
#include "goodfit/compute/ops/gaussian_nll.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

struct GaussianNll {
  double eps = 1e-6;

  static constexpr Card card{"gaussian_nll",
                             "For numbers with their noise: mean and log variance."};
  static constexpr Meaning meaning = Meaning::normal;
  static constexpr auto fields() {
    return Fields{field("eps", &GaussianNll::eps, above(0), "ε: variance at least")};
  }

  Value build(Value outputs, Value target) const {
    return mean_rows(goodfit::gaussian_nll(outputs, target, eps));
  }
};

}  // namespace goodfit
