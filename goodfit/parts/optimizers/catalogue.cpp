#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit {

Optimizer Optimizer::read(const Setting& from) { return Optimizers::read(from, "optimizer"); }

}  // namespace goodfit
