#include "goodfit/parts/layers/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Layer Layer::read(const Setting& from) { return Layers::read(from, "layer"); }
std::vector<PartText> Layer::texts() { return Layers::texts(); }

}  // namespace goodfit
