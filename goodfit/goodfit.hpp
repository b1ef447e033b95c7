// goodfit: the public face. Include this and use namespace goodfit.
#pragma once
#include "goodfit/parts/datasets/catalogue.hpp"      // Csv Idx InMemory
#include "goodfit/parts/initializers/catalogue.hpp"  // XavierNormal HeNormal Orthogonal …
#include "goodfit/parts/layers/catalogue.hpp"        // Dense BatchNorm Dropout Relu …
#include "goodfit/parts/losses/catalogue.hpp"        // CrossEntropy Mse
#include "goodfit/parts/metrics/catalogue.hpp"       // Accuracy Mae Rmse
#include "goodfit/parts/optimizers/catalogue.hpp"    // Sgd Nag Adagrad Rmsprop Adam AdamW
#include "goodfit/parts/regularizers/catalogue.hpp"  // L1 L2
#include "goodfit/parts/schedules/catalogue.hpp"     // Constant Cosine OneCycle …
#include "goodfit/train/recipe/recipe.hpp"           // Recipe read_recipe
#include "goodfit/train/trainer/train.hpp"           // train Run Callback
