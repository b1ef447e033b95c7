// Every schedule a recipe can name, one line each, in order of increasing complexity.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/schedules/constant.hpp"
#include "goodfit/parts/schedules/cosine.hpp"
#include "goodfit/parts/schedules/one_cycle.hpp"
#include "goodfit/parts/schedules/reduce_on_plateau.hpp"
#include "goodfit/parts/schedules/step.hpp"

namespace goodfit {

using Schedules = Catalogue<Schedule,          //
                            ConstantSchedule,  //
                            StepSchedule,      //
                            Cosine,            //
                            OneCycle,          //
                            ReduceOnPlateau>;

}  // namespace goodfit
