#include "goodfit/parts/gradients/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

GradientRule GradientRule::read(const Setting& from) {
  return GradientRules::read(from, "gradient rule");
}
std::vector<PartText> GradientRule::texts() { return GradientRules::texts(); }

}  // namespace goodfit
