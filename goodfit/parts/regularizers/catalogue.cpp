#include "goodfit/parts/regularizers/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Regularizer Regularizer::read(const Setting& from) {
  return Regularizers::read(from, "regularizer");
}
std::vector<PartText> Regularizer::texts() { return Regularizers::texts(); }

}  // namespace goodfit
