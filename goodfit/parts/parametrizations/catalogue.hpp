// Every parametrization a layer with weights can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/parametrizations/drop_connect.hpp"
#include "goodfit/parts/parametrizations/spectral_norm.hpp"
#include "goodfit/parts/parametrizations/weight_norm.hpp"
#include "goodfit/parts/parametrizations/weight_standardization.hpp"

namespace goodfit {

using Parametrizations = Catalogue<Parametrization,        //
                                   WeightStandardization,  //
                                   WeightNorm,             //
                                   SpectralNorm,           //
                                   DropConnect>;

}  // namespace goodfit
