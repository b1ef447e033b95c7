// Every loss a recipe can name, one line each: for classes, then for numbers, simple ones first.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/losses/bce.hpp"
#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/losses/focal.hpp"
#include "goodfit/parts/losses/gaussian_nll.hpp"
#include "goodfit/parts/losses/hinge.hpp"
#include "goodfit/parts/losses/huber.hpp"
#include "goodfit/parts/losses/kl.hpp"
#include "goodfit/parts/losses/mae.hpp"
#include "goodfit/parts/losses/mse.hpp"
#include "goodfit/parts/losses/nll.hpp"

namespace goodfit {

using Losses = Catalogue<Loss,          //
                         CrossEntropy,  //
                         Bce,           //
                         Nll,           //
                         Hinge,         //
                         Focal,         //
                         Kl,            //
                         Mse,           //
                         Mae,           //
                         Huber,         //
                         GaussianNll>;

}  // namespace goodfit
