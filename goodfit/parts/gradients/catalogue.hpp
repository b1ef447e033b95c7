// Every gradient rule a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/gradients/clip_norm.hpp"
#include "goodfit/parts/gradients/clip_value.hpp"
#include "goodfit/parts/gradients/gradient_centralization.hpp"
#include "goodfit/parts/gradients/gradient_noise.hpp"

namespace goodfit {

using GradientRules = Catalogue<GradientRule, ClipValue, ClipNorm, GradientCentralization,  //
                                GradientNoise>;

}  // namespace goodfit
