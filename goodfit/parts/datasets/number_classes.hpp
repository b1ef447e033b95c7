// Number classes: labels that are whole numbers, whatever they begin with: −1 and 1, or 1 to 10.
#pragma once
#include <functional>

#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

// Where a target stands, for messages.
using PlaceOf = std::function<std::string(std::size_t target)>;

// Turns the targets into indices of `classes`, their names. When there are none yet, they become
// the numbers that occur, sorted. Throws Error for a label that is no whole number, and for one
// that is not among given classes.
void number_classes(Samples& samples, std::vector<std::string>& classes, const PlaceOf& place);

}  // namespace goodfit
