// Net: a network while it is being built: its graph, its weights, and where the builder stands.
//
// The same model is built once for each mode; the three graphs share one store of weights, so that
// what is trained is what is evaluated. A layer asks the Net for its parameters and composes ops;
// it has no backward of its own.
#pragma once
#include <string>
#include <vector>

#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

class Layer;

// train: dropout is active, batch statistics. evaluate: neither. sample: dropout is active,
// statistics are frozen; many passes give a distribution of outputs.
enum class Mode { train, evaluate, sample };

// What a layer does to the signal, for those before it that want to know what follows.
enum class Signal { passes, weights, activation };

// Buffers that are computed from the training data before the first step.
struct Fit {
  std::string mean, deviation;  // names in the store
  bool per_feature = true;      // otherwise one number for all
};

class Net {
 public:
  Net(Graph& graph, Store& store, Mode mode, std::uint64_t seed);

  Graph& graph() { return graph_; }
  Mode mode() const { return mode_; }
  const std::string& scope() const { return scope_; }  // "layers.2"
  std::uint32_t stream() const;                        // random numbers of this layer alone
  Gain gain() const { return gain_; }                  // of the activation that follows

  // A parameter of this layer, initialized when it is new. A weight is what regularizers act on;
  // biases and the like are left alone.
  Value weight(const std::string& name, const Shape& shape, const Initializer& init, Fan fan);
  Value bias(const std::string& name, const Shape& shape, const Initializer& init, Fan fan);
  // State without a gradient, filled with `value` when it is new.
  Value buffer(const std::string& name, const Shape& shape, double value);
  // Mean and deviation of the training data, known before the first step. Throws Error unless x is
  // the input itself.
  void fit(Value x, const std::string& mean, const std::string& deviation, bool per_feature);

  // Adds a scalar of shape [1] to the loss that is trained on, but not to the one that is reported.
  void add_penalty(Value penalty) { penalties_.push_back(penalty); }

  // All layers in order, under `name`: "layers.0", "layers.1", …; errors name the layer.
  Value sequence(const std::string& name, const std::vector<Layer>& layers, Value x);

  const Values& weights() const { return weights_; }        // what regularizers act on
  const Values& parameters() const { return parameters_; }  // all that is trained
  const Values& penalties() const { return penalties_; }
  const std::vector<Fit>& fits() const { return fits_; }
  bool uses_batch_statistics = false;  // set by layers that cannot learn from a single sample

 private:
  Value parameter(const std::string& name, const Shape& shape, const Initializer& init, Fan fan);
  Graph& graph_;
  Store& store_;
  Mode mode_;
  std::uint64_t seed_;
  std::string scope_;
  Gain gain_;
  Values weights_, parameters_, penalties_;
  std::vector<Fit> fits_;
};

}  // namespace goodfit
