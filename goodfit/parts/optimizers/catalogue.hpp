// Every optimizer a recipe can name, one line each, in order of increasing complexity.
#pragma once
#include "goodfit/base/catalogue.hpp"
#include "goodfit/parts/optimizers/adabelief.hpp"
#include "goodfit/parts/optimizers/adadelta.hpp"
#include "goodfit/parts/optimizers/adafactor.hpp"
#include "goodfit/parts/optimizers/adagrad.hpp"
#include "goodfit/parts/optimizers/adam.hpp"
#include "goodfit/parts/optimizers/adamax.hpp"
#include "goodfit/parts/optimizers/adamw.hpp"
#include "goodfit/parts/optimizers/amsgrad.hpp"
#include "goodfit/parts/optimizers/ema.hpp"
#include "goodfit/parts/optimizers/lamb.hpp"
#include "goodfit/parts/optimizers/lars.hpp"
#include "goodfit/parts/optimizers/lbfgs.hpp"
#include "goodfit/parts/optimizers/lion.hpp"
#include "goodfit/parts/optimizers/lookahead.hpp"
#include "goodfit/parts/optimizers/muon.hpp"
#include "goodfit/parts/optimizers/nadam.hpp"
#include "goodfit/parts/optimizers/nag.hpp"
#include "goodfit/parts/optimizers/prodigy.hpp"
#include "goodfit/parts/optimizers/radam.hpp"
#include "goodfit/parts/optimizers/rmsprop.hpp"
#include "goodfit/parts/optimizers/sam.hpp"
#include "goodfit/parts/optimizers/schedule_free_adamw.hpp"
#include "goodfit/parts/optimizers/schedule_free_sgd.hpp"
#include "goodfit/parts/optimizers/sgd.hpp"
#include "goodfit/parts/optimizers/swa.hpp"

namespace goodfit {

using Optimizers = Catalogue<Optimizer,          //
                             Sgd,                //
                             Nag,                //
                             Lion,               //
                             Adagrad,            //
                             AdaBelief,          //
                             Adadelta,           //
                             Rmsprop,            //
                             Adam,               //
                             AdamW,              //
                             Amsgrad,            //
                             Adamax,             //
                             Nadam,              //
                             Radam,              //
                             Lars,               //
                             Lamb,               //
                             Adafactor,          //
                             Muon,               //
                             ScheduleFreeSgd,    //
                             ScheduleFreeAdamW,  //
                             Prodigy,            //
                             Lbfgs,              //
                             Lookahead, Ema, Swa, Sam>;

}  // namespace goodfit
