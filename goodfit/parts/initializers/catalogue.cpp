#include "goodfit/parts/initializers/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Initializer Initializer::read(const Setting& from) {
  return Initializers::read(from, "initializer");
}
std::vector<PartText> Initializer::texts() { return Initializers::texts(); }

}  // namespace goodfit
