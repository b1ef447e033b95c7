#include "goodfit/parts/transforms/catalogue.hpp"

namespace goodfit {

Transform Transform::read(const Setting& from) { return Transforms::read(from, "transform"); }

}  // namespace goodfit
