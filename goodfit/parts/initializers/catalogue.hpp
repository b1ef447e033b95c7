// Every initializer a recipe can name, one line each, in order of increasing complexity.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/initializers/constant.hpp"
#include "goodfit/parts/initializers/exponential.hpp"
#include "goodfit/parts/initializers/he_normal.hpp"
#include "goodfit/parts/initializers/he_uniform.hpp"
#include "goodfit/parts/initializers/identity.hpp"
#include "goodfit/parts/initializers/laplace.hpp"
#include "goodfit/parts/initializers/lecun_normal.hpp"
#include "goodfit/parts/initializers/lsuv.hpp"
#include "goodfit/parts/initializers/normal.hpp"
#include "goodfit/parts/initializers/ones.hpp"
#include "goodfit/parts/initializers/orthogonal.hpp"
#include "goodfit/parts/initializers/sparse.hpp"
#include "goodfit/parts/initializers/torch.hpp"
#include "goodfit/parts/initializers/truncated_normal.hpp"
#include "goodfit/parts/initializers/uniform.hpp"
#include "goodfit/parts/initializers/variance_scaling.hpp"
#include "goodfit/parts/initializers/xavier_normal.hpp"
#include "goodfit/parts/initializers/xavier_uniform.hpp"
#include "goodfit/parts/initializers/zeros.hpp"

namespace goodfit {

using Initializers = Catalogue<Initializer,      //
                               Zeros,            //
                               Ones,             //
                               Constant,         //
                               Identity,         //
                               Normal,           //
                               Uniform,          //
                               TruncatedNormal,  //
                               Exponential,      //
                               Laplace,          //
                               Sparse,           //
                               XavierNormal,     //
                               XavierUniform,    //
                               LecunNormal,      //
                               HeNormal,         //
                               HeUniform,        //
                               VarianceScaling,  //
                               Orthogonal,       //
                               Lsuv,             //
                               Automatic,        //
                               Torch>;

}  // namespace goodfit
