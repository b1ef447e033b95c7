#include "goodfit/parts/parametrizations/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Parametrization Parametrization::read(const Setting& from) {
  return Parametrizations::read(from, "parametrization");
}
std::vector<PartText> Parametrization::texts() { return Parametrizations::texts(); }

}  // namespace goodfit
