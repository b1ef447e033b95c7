// Every optimizer a recipe can name, one line each, in order of increasing complexity.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/optimizers/adagrad.hpp"
#include "goodfit/parts/optimizers/adam.hpp"
#include "goodfit/parts/optimizers/adamw.hpp"
#include "goodfit/parts/optimizers/nag.hpp"
#include "goodfit/parts/optimizers/rmsprop.hpp"
#include "goodfit/parts/optimizers/sgd.hpp"

namespace goodfit {

using Optimizers = Catalogue<Optimizer,  //
                             Sgd,        //
                             Nag,        //
                             Adagrad,    //
                             Rmsprop,    //
                             Adam,       //
                             AdamW>;

}  // namespace goodfit
