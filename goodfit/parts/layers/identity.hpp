// Identity: y = x
//
// Does nothing; stands where a recipe wants to switch a layer off, or for a branch that only
// passes.
#pragma once
#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

struct IdentityLayer {
  static constexpr Card card{"identity", "Passes its input on."};
  static constexpr auto fields() { return Fields{}; }

  Value build(Net&, Value x) const { return x; }
};

}  // namespace goodfit
