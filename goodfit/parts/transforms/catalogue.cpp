#include "goodfit/parts/transforms/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Transform Transform::read(const Setting& from) { return Transforms::read(from, "transform"); }
std::vector<PartText> Transform::texts() { return Transforms::texts(); }

}  // namespace goodfit
