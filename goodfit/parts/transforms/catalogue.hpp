// Every transform a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/transforms/color.hpp"
#include "goodfit/parts/transforms/crop.hpp"
#include "goodfit/parts/transforms/cutmix.hpp"
#include "goodfit/parts/transforms/cutout.hpp"
#include "goodfit/parts/transforms/flip.hpp"
#include "goodfit/parts/transforms/mixup.hpp"
#include "goodfit/parts/transforms/rotate.hpp"

namespace goodfit {

using Transforms = Catalogue<Transform,  //
                             Flip,       //
                             Crop,       //
                             Rotate,     //
                             Color,      //
                             Cutout,     //
                             Mixup,      //
                             Cutmix>;

}  // namespace goodfit
