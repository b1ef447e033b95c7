// Every rule that a recipe is read by before it is trained. One line each: data, then model, then
// training.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/study/lint/rules/activation_at_the_end.hpp"
#include "goodfit/study/lint/rules/deep_sigmoid.hpp"
#include "goodfit/study/lint/rules/dropout_at_the_end.hpp"
#include "goodfit/study/lint/rules/dropout_before_batch_norm.hpp"
#include "goodfit/study/lint/rules/idle_schedule.hpp"
#include "goodfit/study/lint/rules/l2_with_adam.hpp"
#include "goodfit/study/lint/rules/lbfgs_needs_full_batch.hpp"
#include "goodfit/study/lint/rules/linear_sigmoid.hpp"
#include "goodfit/study/lint/rules/lr_out_of_range.hpp"
#include "goodfit/study/lint/rules/missing_activation.hpp"
#include "goodfit/study/lint/rules/nll_without_log_softmax.hpp"
#include "goodfit/study/lint/rules/no_shuffle.hpp"
#include "goodfit/study/lint/rules/output_range.hpp"
#include "goodfit/study/lint/rules/plateau_outlasts_stop.hpp"
#include "goodfit/study/lint/rules/sigmoid_before_bce.hpp"
#include "goodfit/study/lint/rules/small_batch_norm.hpp"
#include "goodfit/study/lint/rules/softmax_before_loss.hpp"
#include "goodfit/study/lint/rules/softmax_inside.hpp"
#include "goodfit/study/lint/rules/stop_without_validation.hpp"
#include "goodfit/study/lint/rules/strong_regularization.hpp"
#include "goodfit/study/lint/rules/symmetric_init.hpp"
#include "goodfit/study/lint/rules/unfit_init.hpp"
#include "goodfit/study/lint/rules/unscaled_inputs.hpp"

namespace goodfit {

template <class... Rules>
struct RuleList {
  static Findings findings(const Subject& subject) {
    Findings all;
    (add<Rules>(subject, all), ...);
    return all;
  }
  static std::vector<PartText> texts() {
    return {PartText{std::string(Rules::card.key), std::string(Rules::card.about), {}}...};
  }

 private:
  template <class Rule>
  static void add(const Subject& subject, Findings& all) {
    for (Finding& finding : Rule::look(subject)) {
      finding.rule = Rule::card.key;
      all.push_back(std::move(finding));
    }
  }
};

using LintRules = RuleList<UnscaledInputs,          //
                           NoShuffle,               //
                           OutputRange,             //
                           MissingActivation,       //
                           SoftmaxInside,           //
                           SoftmaxBeforeLoss,       //
                           NllWithoutLogSoftmax,    //
                           SigmoidBeforeBce,        //
                           ActivationAtTheEnd,      //
                           DropoutAtTheEnd,         //
                           DropoutBeforeBatchNorm,  //
                           SmallBatchNorm,          //
                           LinearSigmoid,           //
                           DeepSigmoid,             //
                           SymmetricInit,           //
                           UnfitInit,               //
                           StrongRegularization,    //
                           L2WithAdam,              //
                           LbfgsNeedsFullBatch,     //
                           LrOutOfRange,            //
                           IdleSchedule,            //
                           PlateauOutlastsStop,     //
                           StopWithoutValidation>;

}  // namespace goodfit
