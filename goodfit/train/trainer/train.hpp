// Train: a recipe becomes a run.
#pragma once
#include <atomic>

#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

struct TrainOptions {
  std::filesystem::path folder =
      {};               // where the run is written, new or to be resumed; empty: nowhere
  bool resume = false;  // continue what lies in the folder, bit for bit
  int threads = 0;      // 0: all cores; results do not depend on it
  std::vector<std::string> without_passes = {};
  std::vector<Callback*> callbacks = {};
  const std::atomic<bool>* interrupted = nullptr;  // set by a signal handler: checkpoint and return
};

// Trains until the last epoch, what the recipe's `stop` says, or an interruption; the weights of
// the best epoch are restored. Throws Error with exit code 2 before the first step for what is
// wrong with the recipe or the data, and with 1 when the loss stops being a number or a file cannot
// be written.
Run train(const Recipe& recipe, const TrainOptions& options = {});

// Everything train() would refuse, without a step: loads the data, builds and plans the network.
// Returns the plan of a training step as text.
std::string plan_recipe(const Recipe& recipe, const std::vector<std::string>& without_passes = {});

}  // namespace goodfit
