// Checkpoint: everything that a run needs to go on as if it had never been interrupted.
//
// One safetensors file, last/checkpoint.safetensors, written atomically: weights, optimizer memory,
// the best weights so far, and as metadata the counters. Random numbers need none: they are
// functions of seed, stream and step.
#pragma once
#include <filesystem>
#include <vector>

#include "goodfit/compute/tensor/store.hpp"

namespace goodfit {

struct Progress {
  Size epoch = 0;                                      // epochs done
  Size batch = 0;                                      // batches done in the one that has begun
  Size step = 0;                                       // steps done in all
  double loss_sum = 0, loss_squares = 0, samples = 0;  // of this epoch: Σ n L, Σ n L², Σ n
  std::vector<double> history;                         // validation loss of each epoch
  double best = 0;                                     // what is monitored, at its best
  Size best_epoch = 0;                                 // 0: none yet
  Size waited = 0;                                     // epochs since
  double seconds = 0;
  std::uint64_t data_hash = 0;
  std::vector<double> numbers;  // of the optimizer
};

struct State {
  Progress progress;
  Store* weights = nullptr;
  std::vector<std::vector<float>> memory;  // of the optimizer, each laid out as the weights
  std::vector<float> best;                 // weights of the best epoch; empty before the first
};

void write_checkpoint(const std::filesystem::path& folder, const State& state,
                      std::span<const std::string> memory_names);
// Fills the state, whose store and memory have their sizes. False when there is no checkpoint yet.
// Throws Error when the file is broken or belongs to another model.
bool read_checkpoint(const std::filesystem::path& folder, State& state,
                     std::span<const std::string> memory_names);

}  // namespace goodfit
