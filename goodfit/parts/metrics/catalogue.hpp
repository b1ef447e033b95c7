// Every metric a recipe can name, one line each. The loss is always reported and is none of them.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/metrics/accuracy.hpp"
#include "goodfit/parts/metrics/mae.hpp"
#include "goodfit/parts/metrics/rmse.hpp"

namespace goodfit {

using Metrics = Catalogue<Metric,     //
                          Accuracy,   //
                          MaeMetric,  //
                          Rmse>;

}  // namespace goodfit
