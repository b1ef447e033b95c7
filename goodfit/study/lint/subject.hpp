// Subject: a recipe as a rule looks at it, with the lists of layers that are nested in others, and
// what is known of the data.
#pragma once
#include <optional>

#include "goodfit/study/finding.hpp"
#include "goodfit/train/recipe/recipe.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

struct Placed {
  std::string scope;  // "layers.3", "layers.2.body.0": as weights are named
  Layer layer;
  Setting settings;  // all of them

  std::string place() const { return scope + " (" + std::string(layer.key()) + ")"; }
  bool is(std::initializer_list<std::string_view> keys) const;
  double number(std::string_view setting, double otherwise = 0) const;
};
using Chain = std::vector<Placed>;  // layers that follow each other

struct Subject {
  // `train`: the samples that would be trained on, where they are known.
  explicit Subject(const Recipe& recipe, const Portion* train = nullptr);

  const Recipe& recipe;
  Schedule lr;  // of one that is yet to be found, the schedule that gets it
  const Portion* train;
  std::vector<Chain> chains;  // the model, then what is nested in its layers, from the outside
  Setting optimizer;          // the one that does the work, inside of those that steer others

  const Chain& model() const { return chains.front(); }
  // The lr at the first and the last step of every epoch, but at 100 epochs at most. A schedule
  // that waits for losses sees none.
  std::vector<double> lrs() const;
};

// batch_norm, layer_norm and their like, whoever adds one.
bool normalizes(const Placed& layer);
// For i, the first layer behind it that has weights or is an activation; or nullptr.
const Placed* follower(const Chain& layers, std::size_t i);
// The number of a table's setting.
double number_in(const Setting& table, std::string_view key, double otherwise = 0);

}  // namespace goodfit
