// Wanted: what the tests ask of a dataset that they have never seen.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

inline const Wanted classes{Wanted::Target::classes, 0, {}};
inline const Wanted numbers{Wanted::Target::numbers, 0, {}};

}  // namespace goodfit
