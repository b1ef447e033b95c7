// Temperature: how sure a model says it is, by one number T that leaves open what it says.
//
//   logits          z / T, so that p = softmax(z / T) or σ(z / T)
//   μ, log σ²       μ, log σ² + 2 log T, so that σ becomes T σ
//
//   outputs: [batch, …, classes], [batch, labels] or [batch, 2 · targets]
//
// Above 1 the model is less sure, below 1 surer; the largest class and μ stay what they are. The
// last thing in the graph of a model in use, never in training: `goodfit calibrate` fits it to
// samples that were not trained on. Source: Guo et al. 2017, "On Calibration of Modern Neural
// Networks", arXiv:1706.04599, section 4.2; for σ Levi et al. 2019, "Evaluating and Calibrating
// Uncertainty Prediction in Regression Tasks", arXiv:1905.11659, section 4.
#pragma once
#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/parts/losses/loss.hpp"

namespace goodfit {

// Whether outputs say how sure they are: scores and plain numbers do not.
bool has_temperature(Meaning meaning);

// Nothing is added to the graph for T = 1.
Value tempered(Value outputs, Meaning meaning, double temperature);

}  // namespace goodfit
