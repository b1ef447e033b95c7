// Probed: the net of a training step with values kept that lie between two layers, and the
// gradients of the loss, without regularizers, by them.
//
// They are made observable as further results of a graph of its own; a training step has none of
// them. It always sees the same samples, the first ones of the first epoch, untransformed, and the
// same masks, so that what differs between two runs of it is the weights.
#pragma once
#include <functional>
#include <map>
#include <memory>

#include "goodfit/base/threads.hpp"
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

// One layer of a net that has been built, with its weights in the store under its scope.
struct Passage {
  std::string scope;
  Layer layer;
  Value in, out;
};

class Probed {
 public:
  using Kept = std::function<Values(const Passage&)>;
  // Weights that the store lacks are added and initialized. `kept`: which values of a layer.
  Probed(const Recipe& recipe, const Portion& train, Size rows, Store& store, Threads& threads,
         const Kept& kept);
  Probed(const Probed&) = delete;
  Probed& operator=(const Probed&) = delete;

  void run(std::uint64_t seed);  // moves running statistics as a step does

  Size samples() const { return graph_.rows(); }
  Size floats() const { return plan_.arena_floats; }
  const Store& store() const { return store_; }
  const std::vector<Fit>& fits() const { return net_.fits(); }
  const std::vector<Passage>& passages() const { return passages_; }

  // After a run. The inputs of the net have numbers, but no gradient.
  double loss() const { return root(0)[0]; }
  ConstSpan numbers(Value value) const;
  ConstSpan gradient(Value value) const;

 private:
  ConstSpan root(std::size_t i) const { return std::as_const(*executor_).root(i); }

  const Portion& train_;
  std::vector<Size> batch_;
  Store& store_;
  Graph graph_;
  Net net_;
  std::vector<Passage> passages_;
  std::map<Id, std::size_t> place_;
  std::vector<float> input_;
  Plan plan_;
  std::unique_ptr<Executor> executor_;
};

}  // namespace goodfit
