// Testing: small recipes and runs in folders of their own, for the tests beside the trainer.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "goodfit/base/files.hpp"
#include "goodfit/goodfit.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

// Three classes of points in the plane, some on the wrong side.
inline Samples clouds(Size count, std::uint64_t seed = 1) {
  Random random(seed, stream_of("clouds"));
  Samples samples{.shape = {2}};
  for (Size i = 0; i < count; ++i) {
    const double angle = 2.1 * double(i % 3);
    samples.features.push_back(float(std::cos(angle) + 0.5 * random.normal()));
    samples.features.push_back(float(std::sin(angle) + 0.5 * random.normal()));
    samples.targets.push_back(float(i % 3));
  }
  return samples;
}

inline InMemory clouds_data(Size count, std::uint64_t seed = 1) {
  Data data;
  data.train = clouds(count, seed);
  data.classes = {"a", "b", "c"};
  return in_memory(std::move(data));
}

// Everything that remembers: batch statistics, dropout, optimizer memory, a schedule, a last batch
// that is smaller.
inline Recipe clouds_recipe() {
  Recipe recipe;
  recipe.data = clouds_data(150);
  recipe.model = {Standardize{}, Dense{.out = 8},   BatchNorm{},
                  Relu{},        Dropout{.p = 0.2}, Dense{.out = 3}};
  recipe.optimizer = Adam{};
  recipe.lr = Cosine{.max = 0.02};
  recipe.batch = 32;
  recipe.epochs = 4;
  recipe.seed = 3;
  recipe.split = {.validation = 0.2};
  return recipe;
}

// Counts, and stops after some steps.
struct Watch : Callback {
  explicit Watch(Size stop_after = -1) : last(stop_after) {}
  void on_begin(const BeginReport& report) override { begin = report; }
  void on_step(const StepReport& report) override {
    ++steps;
    losses.push_back(report.loss);
    rows_of_epoch = report.steps;
  }
  void on_epoch(const EpochReport&) override { ++epochs; }
  bool wants_stop() override { return steps == last; }

  Size last, steps = 0, epochs = 0, rows_of_epoch = 0;
  BeginReport begin;
  std::vector<double> losses;
};

inline std::vector<float> weights_of(const Run& run) {
  const ConstSpan all = run.weights().all();
  return {all.begin(), all.end()};
}

// The weights of a run, by name.
using Weights = std::map<std::string, std::vector<float>>;
inline Weights named(const Run& run) {
  Weights found;
  for (const Stored& stored : run.weights().tensors()) {
    const ConstSpan w = run.weights().at(stored.name);
    found[stored.name] = {w.begin(), w.end()};
  }
  return found;
}
inline Weights named(const Recipe& recipe) { return named(train(recipe, {.threads = 1})); }

}  // namespace goodfit
