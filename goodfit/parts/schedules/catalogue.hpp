// Every schedule a recipe can name, one line each, in order of increasing complexity.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/schedules/auto.hpp"
#include "goodfit/parts/schedules/constant.hpp"
#include "goodfit/parts/schedules/cosine.hpp"
#include "goodfit/parts/schedules/cosine_restarts.hpp"
#include "goodfit/parts/schedules/cyclic.hpp"
#include "goodfit/parts/schedules/exponential.hpp"
#include "goodfit/parts/schedules/inverse_sqrt.hpp"
#include "goodfit/parts/schedules/lambda.hpp"
#include "goodfit/parts/schedules/linear.hpp"
#include "goodfit/parts/schedules/multi_step.hpp"
#include "goodfit/parts/schedules/one_cycle.hpp"
#include "goodfit/parts/schedules/polynomial.hpp"
#include "goodfit/parts/schedules/reduce_on_plateau.hpp"
#include "goodfit/parts/schedules/sequence.hpp"
#include "goodfit/parts/schedules/step.hpp"
#include "goodfit/parts/schedules/trapezoid.hpp"
#include "goodfit/parts/schedules/warmup.hpp"

namespace goodfit {

using Schedules = Catalogue<Schedule,             //
                            ConstantSchedule,     //
                            StepSchedule,         //
                            MultiStep,            //
                            ExponentialSchedule,  //
                            LinearSchedule,       //
                            Polynomial,           //
                            InverseSqrt,          //
                            Cosine,               //
                            CosineRestarts,       //
                            Cyclic,               //
                            OneCycle,             //
                            Trapezoid,            //
                            ReduceOnPlateau,      //
                            Lambda,               //
                            Warmup,               //
                            Sequence,             //
                            Auto>;

}  // namespace goodfit
