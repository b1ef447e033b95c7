#include "goodfit/parts/datasets/catalogue.hpp"

#include "goodfit/base/compiled.hpp"

namespace goodfit {

Dataset Dataset::read(const Setting& from) { return Datasets::read(from, kind); }

}  // namespace goodfit
