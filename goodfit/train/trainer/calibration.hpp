// Calibration: weights whose initializer asks for it (lsuv) are scaled by what they make of
// samples.
//
// The samples are those of the first batch, the net is in mode train, and transforms are left out:
// what `goodfit check --signal` shows is what was set here.
#pragma once
#include "goodfit/base/threads.hpp"
#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

// `store` has the weights of the recipe's model, new, and the buffers that are fitted on the data.
void calibrate(const Recipe& recipe, const Portion& train, Store& store, Threads& threads);

}  // namespace goodfit
