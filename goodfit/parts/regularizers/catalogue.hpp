// Every regularizer a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/regularizers/l1.hpp"
#include "goodfit/parts/regularizers/l2.hpp"

namespace goodfit {

using Regularizers = Catalogue<Regularizer, L1, L2>;

}  // namespace goodfit
