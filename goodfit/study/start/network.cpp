#include "goodfit/study/start/network.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/silu.hpp"
#include "goodfit/parts/layers/standardize.hpp"
#include "goodfit/parts/layers/table_inputs.hpp"
#include "goodfit/parts/layers/unstandardize.hpp"
#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/losses/mse.hpp"
#include "goodfit/parts/metrics/accuracy.hpp"
#include "goodfit/parts/metrics/auroc.hpp"
#include "goodfit/parts/metrics/mae.hpp"
#include "goodfit/parts/metrics/r2.hpp"
#include "goodfit/parts/metrics/rmse.hpp"
#include "goodfit/parts/optimizers/adamw.hpp"
#include "goodfit/parts/schedules/auto.hpp"
#include "goodfit/parts/schedules/one_cycle.hpp"

namespace goodfit {
namespace {

struct Sizes {
  Size width, depth, batch, epochs;
};

Sizes sizes_for(Size rows) {
  if (rows < 500) return {.width = 64, .depth = 2, .batch = 16, .epochs = 100};
  if (rows < 5000) return {.width = 128, .depth = 2, .batch = 32, .epochs = 100};
  if (rows < 20000) return {.width = 256, .depth = 2, .batch = 64, .epochs = 60};
  return {.width = 256, .depth = 3, .batch = 256, .epochs = 40};
}

}  // namespace

std::string choose_network(const TableTask& task, Recipe& recipe) {
  const Sizes chosen = sizes_for(task.rows);
  const bool classes = task.classes > 0;
  // Masks add noise to a number, which costs more than it brings; classes bear more of it.
  const double dropout = (classes ? 0.1 : 0.05) * (task.rows < 500 ? 2 : 1);
  if (task.sample.rank() < 2)
    recipe.model = {TableInputs{.values = task.sizes, .missing = task.missing}};
  else
    recipe.model = {Standardize{.per = "all"}, Flatten{}};
  for (Size i = 0; i < chosen.depth; ++i) {
    recipe.model.push_back(Dense{.out = chosen.width});
    recipe.model.push_back(Silu{});
    recipe.model.push_back(Dropout{.p = dropout});
  }
  recipe.model.push_back(Dense{.out = classes ? task.classes : task.outputs});
  if (classes) {
    recipe.loss = CrossEntropy{};
    recipe.metrics = {Accuracy{}, Auroc{}};
  } else {
    recipe.model.push_back(Unstandardize{});
    recipe.loss = Mse{};
    recipe.metrics = {Rmse{}, MaeMetric{}, R2{}};
  }
  recipe.optimizer = AdamW{.weight_decay = classes ? 0.5 : 0.2};
  // Trials of a fifth of the run: shorter ones take an lr for good that is too high for all of it.
  const Size steps = (task.rows + chosen.batch - 1) / chosen.batch * chosen.epochs;
  recipe.lr = Auto{.schedule = OneCycle{},
                   .low = 1e-4,
                   .high = 0.05,
                   .steps = 400,
                   .trial_steps = std::max<Size>(100, steps / 5)};
  recipe.batch = chosen.batch;
  recipe.epochs = chosen.epochs;
  recipe.stop.patience = 2 * chosen.epochs / 5;  // one_cycle gains most when its lr falls
  return fmt::format("{} x {} units, silu, dropout {}, for {} training rows", chosen.depth,
                     chosen.width, dropout, task.rows);
}

}  // namespace goodfit
