// Every layer a recipe can name. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/layers/autoencoder.hpp"
#include "goodfit/parts/layers/avg_pool.hpp"
#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/branches.hpp"
#include "goodfit/parts/layers/conv1d.hpp"
#include "goodfit/parts/layers/conv2d.hpp"
#include "goodfit/parts/layers/conv_transpose2d.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/elu.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/gelu.hpp"
#include "goodfit/parts/layers/global_avg_pool.hpp"
#include "goodfit/parts/layers/glu.hpp"
#include "goodfit/parts/layers/hard_sigmoid.hpp"
#include "goodfit/parts/layers/hard_swish.hpp"
#include "goodfit/parts/layers/identity.hpp"
#include "goodfit/parts/layers/layer_norm.hpp"
#include "goodfit/parts/layers/leaky_relu.hpp"
#include "goodfit/parts/layers/lenet.hpp"
#include "goodfit/parts/layers/log_softmax.hpp"
#include "goodfit/parts/layers/max_pool.hpp"
#include "goodfit/parts/layers/mish.hpp"
#include "goodfit/parts/layers/mlp.hpp"
#include "goodfit/parts/layers/prelu.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/relu6.hpp"
#include "goodfit/parts/layers/repeat.hpp"
#include "goodfit/parts/layers/reshape.hpp"
#include "goodfit/parts/layers/residual.hpp"
#include "goodfit/parts/layers/resnet.hpp"
#include "goodfit/parts/layers/selu.hpp"
#include "goodfit/parts/layers/sigmoid.hpp"
#include "goodfit/parts/layers/silu.hpp"
#include "goodfit/parts/layers/softmax.hpp"
#include "goodfit/parts/layers/softplus.hpp"
#include "goodfit/parts/layers/softsign.hpp"
#include "goodfit/parts/layers/standardize.hpp"
#include "goodfit/parts/layers/tanh.hpp"

namespace goodfit {

using Layers = Catalogue<Layer,            //
                         Standardize,      //
                         Flatten,          //
                         Reshape,          //
                         Dense,            //
                         Conv1d,           //
                         Conv2d,           //
                         ConvTranspose2d,  //
                         MaxPool,          //
                         AvgPool,          //
                         GlobalAvgPool,    //
                         BatchNorm,        //
                         LayerNorm,        //
                         Dropout,          //
                         IdentityLayer,    //
                         Relu,             //
                         Relu6,            //
                         LeakyRelu,        //
                         Prelu,            //
                         Elu,              //
                         Selu,             //
                         Gelu,             //
                         Silu,             //
                         Mish,             //
                         Sigmoid,          //
                         HardSigmoid,      //
                         HardSwish,        //
                         Tanh,             //
                         Softplus,         //
                         Softsign,         //
                         Softmax,          //
                         LogSoftmax,       //
                         Glu,              //
                         Residual,         //
                         Branches,         //
                         Repeat,           //
                         Mlp,              //
                         Lenet,            //
                         Resnet,           //
                         Autoencoder>;

}  // namespace goodfit
