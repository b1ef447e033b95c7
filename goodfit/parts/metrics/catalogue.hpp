// Every metric a recipe can name, one line each: of classes, of numbers, then of their
// noise. The loss is always
// reported and is none of them.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/metrics/accuracy.hpp"
#include "goodfit/parts/metrics/auroc.hpp"
#include "goodfit/parts/metrics/brier.hpp"
#include "goodfit/parts/metrics/coverage.hpp"
#include "goodfit/parts/metrics/ece.hpp"
#include "goodfit/parts/metrics/f1.hpp"
#include "goodfit/parts/metrics/interval_width.hpp"
#include "goodfit/parts/metrics/log_loss.hpp"
#include "goodfit/parts/metrics/mae.hpp"
#include "goodfit/parts/metrics/mse.hpp"
#include "goodfit/parts/metrics/precision.hpp"
#include "goodfit/parts/metrics/r2.hpp"
#include "goodfit/parts/metrics/recall.hpp"
#include "goodfit/parts/metrics/rmse.hpp"
#include "goodfit/parts/metrics/top_k.hpp"

namespace goodfit {

using Metrics = Catalogue<Metric,     //
                          Accuracy,   //
                          TopK,       //
                          Precision,  //
                          Recall,     //
                          F1,         //
                          Auroc,      //
                          LogLoss,    //
                          Brier,      //
                          Ece,        //
                          MaeMetric,  //
                          MseMetric,  //
                          Rmse,       //
                          R2,         //
                          Coverage,   //
                          IntervalWidth>;

}  // namespace goodfit
