// Every regularizer a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/regularizers/elastic.hpp"
#include "goodfit/parts/regularizers/l1.hpp"
#include "goodfit/parts/regularizers/l2.hpp"
#include "goodfit/parts/regularizers/max_norm.hpp"
#include "goodfit/parts/regularizers/orthogonal.hpp"
#include "goodfit/parts/regularizers/proximal_l1.hpp"

namespace goodfit {

using Regularizers = Catalogue<Regularizer,            //
                               L1,                     //
                               L2,                     //
                               Elastic,                //
                               OrthogonalRegularizer,  //
                               ProximalL1,             //
                               MaxNorm>;

}  // namespace goodfit
