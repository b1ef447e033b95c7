// Pass spread: what many passes with dropout say of each sample, beyond their mean.
//
//   y: [passes T, rows, width]        p = mean of y over the passes, for each output
//   deviation    √(Σ (y − p)² / (T − 1))
//   low, high    the (1 − interval) / 2 quantile of the passes and its mirror, between neighbors
//                in a straight line, as numpy has it
//   of shares that sum to 1:
//   entropy      −Σ p ln p, 0 … ln width: uncertainty of all kinds
//   information  entropy − mean over the passes of −Σ y ln y: the part of it that is the model's
//                own, which more data would remove; the rest is noise of the data
//   votes        share of the passes whose largest output is that of p
//
// Source: Gal & Ghahramani 2016, arXiv:1506.02142; Houlsby et al. 2011, arXiv:1112.5745
// (information).
#pragma once
#include "goodfit/compute/tensor/shape.hpp"
#include "goodfit/compute/tensor/store.hpp"

namespace goodfit {

struct PassSpread {
  std::vector<float> mean, deviation, low, high;   // [rows, width]
  std::vector<float> entropy, information, votes;  // [rows], of shares
};

// Appends what these passes say of `rows` samples.
void add_spread(ConstSpan outputs, Size passes, Size rows, double interval, bool shares,
                PassSpread& to);

double entropy_of(ConstSpan shares);
// Between neighbors in a straight line; the values change their order.
float quantile_of(std::vector<float>& values, double share);

}  // namespace goodfit
