// Every loss a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/losses/mse.hpp"

namespace goodfit {

using Losses = Catalogue<Loss, CrossEntropy, Mse>;

}  // namespace goodfit
