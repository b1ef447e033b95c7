// Every panel of a report, in the order of the page. One line each.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/study/report/panels/calibration.hpp"
#include "goodfit/study/report/panels/confusion.hpp"
#include "goodfit/study/report/panels/coverage.hpp"
#include "goodfit/study/report/panels/data.hpp"
#include "goodfit/study/report/panels/environment.hpp"
#include "goodfit/study/report/panels/features.hpp"
#include "goodfit/study/report/panels/findings.hpp"
#include "goodfit/study/report/panels/gap.hpp"
#include "goodfit/study/report/panels/histograms.hpp"
#include "goodfit/study/report/panels/intervals.hpp"
#include "goodfit/study/report/panels/loss.hpp"
#include "goodfit/study/report/panels/lr.hpp"
#include "goodfit/study/report/panels/metrics.hpp"
#include "goodfit/study/report/panels/mistakes.hpp"
#include "goodfit/study/report/panels/predictions.hpp"
#include "goodfit/study/report/panels/recipe.hpp"
#include "goodfit/study/report/panels/shift.hpp"
#include "goodfit/study/report/panels/signal.hpp"
#include "goodfit/study/report/panels/summary.hpp"

namespace goodfit {

template <class... Sorts>
struct PanelList {
  // see(card, panel) for each that has something to say of these runs.
  template <class See>
  static void draw(const Views& runs, See see) {
    (one<Sorts>(runs, see), ...);
  }
  static std::vector<PartText> texts() {
    return {PartText{std::string(Sorts::card.key), std::string(Sorts::card.about), {}}...};
  }

 private:
  template <class Sort, class See>
  static void one(const Views& runs, See& see) {
    if (const std::optional<Panel> panel = Sort::draw(runs)) see(Sort::card, *panel);
  }
};

using Panels = PanelList<SummaryPanel,      //
                         FindingsPanel,     //
                         LossPanel,         //
                         MetricsPanel,      //
                         GapPanel,          //
                         LrPanel,           //
                         SignalPanel,       //
                         HistogramsPanel,   //
                         IntervalsPanel,    //
                         ConfusionPanel,    //
                         MistakesPanel,     //
                         CalibrationPanel,  //
                         CoveragePanel,     //
                         PredictionsPanel,  //
                         FeaturesPanel,     //
                         DataPanel,         //
                         ShiftPanel,        //
                         RecipePanel,       //
                         EnvironmentPanel>;

}  // namespace goodfit
