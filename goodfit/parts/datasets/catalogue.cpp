#include "goodfit/parts/datasets/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Dataset Dataset::read(const Setting& from) { return Datasets::read(from, kind); }
std::vector<PartText> Dataset::texts() { return Datasets::texts(); }

}  // namespace goodfit
