// First weights: those of a file instead of an initializer's, by name and shape.
#pragma once
#include <set>

#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/parts/net/net.hpp"

namespace goodfit {

// The names of those statistics that belong to the targets.
std::set<std::string> statistics_of_targets(const std::vector<Fit>& fits);

struct FirstWeights {
  Size taken = 0;                  // tensors
  std::vector<std::string> fresh;  // of the model, that the file does not have in this shape
};

// Statistics of the targets are left as they are. Throws Error when the file has nothing that fits.
FirstWeights take_first_weights(const std::string& file, const std::vector<Fit>& fits,
                                Store& store);

}  // namespace goodfit
