// Every initializer a recipe can name, one line each, in order of increasing complexity.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/initializers/he_normal.hpp"
#include "goodfit/parts/initializers/he_uniform.hpp"
#include "goodfit/parts/initializers/normal.hpp"
#include "goodfit/parts/initializers/orthogonal.hpp"
#include "goodfit/parts/initializers/torch.hpp"
#include "goodfit/parts/initializers/uniform.hpp"
#include "goodfit/parts/initializers/xavier_normal.hpp"
#include "goodfit/parts/initializers/xavier_uniform.hpp"
#include "goodfit/parts/initializers/zeros.hpp"

namespace goodfit {

using Initializers = Catalogue<Initializer,    //
                               Zeros,          //
                               Constant,       //
                               Normal,         //
                               Uniform,        //
                               XavierNormal,   //
                               XavierUniform,  //
                               HeNormal,       //
                               HeUniform,      //
                               Orthogonal,     //
                               Automatic,      //
                               Torch>;

}  // namespace goodfit
