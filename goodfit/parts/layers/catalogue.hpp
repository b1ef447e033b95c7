// Every layer a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/layer_norm.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/residual.hpp"
#include "goodfit/parts/layers/sigmoid.hpp"
#include "goodfit/parts/layers/standardize.hpp"
#include "goodfit/parts/layers/tanh.hpp"

namespace goodfit {

using Layers = Catalogue<Layer, Standardize, Flatten, Dense, BatchNorm, LayerNorm, Dropout, Relu,
                         Sigmoid, Tanh, Residual>;

}  // namespace goodfit
