// Net: a network while it is being built: its graph, its weights, and where the builder stands.
//
// The same model is built once for each mode; the three graphs share one store of weights, so that
// what is trained is what is evaluated. A layer asks the Net for its parameters and composes ops;
// it has no backward of its own.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "goodfit/compute/graph/graph.hpp"
#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/parts/initializers/automatic.hpp"

namespace goodfit {

// train: dropout is active, batch statistics. evaluate: neither. sample: dropout is active,
// statistics are frozen; many passes give a distribution of outputs.
enum class Mode { train, evaluate, sample };

// What a layer does to the signal, for those before it that want to know what follows.
enum class Signal { passes, weights, activation };

class Layer;  // known by its name alone

// Where the builder stands and what follows there.
struct Place {
  std::string scope;      // "layers.2"
  Gain gain = {};         // of the activation that follows
  bool centered = false;  // the next layer takes the mean out of each channel
};

// Buffers that are computed from the training data before the first step.
struct Fit {
  std::string mean, deviation;  // names in the store
  bool per_feature = true;      // otherwise one number for all
  bool targets = false;         // of the targets, not of the features
};

// What fills the parameters whose layers leave that open, by automatic.
struct FirstValues {
  Initializer weights = Automatic{}, biases = Automatic{};
};

// A weight whose size is to be set by what it makes of samples.
struct Calibrated {
  Value weight;
  Calibration how;
};

class Net {
 public:
  Net(Graph& graph, Store& store, Mode mode, std::uint64_t seed, FirstValues first = {});

  Graph& graph() { return graph_; }
  Mode mode() const { return mode_; }
  const std::string& scope() const { return place_.scope; }
  std::uint32_t stream() const;                  // random numbers of this layer alone
  Random random(const std::string& name) const;  // those of the first values of one tensor
  Gain gain() const { return place_.gain; }
  Place& place() { return place_; }  // moved by those who walk over layers

  // A parameter of this layer, initialized when it is new. A weight is what regularizers act on;
  // biases and the like are left alone.
  Value weight(const std::string& name, const Shape& shape, const Initializer& init, Fan fan);
  Value bias(const std::string& name, const Shape& shape, const Initializer& init, Fan fan);
  // One that `fill` fills with its first values.
  using Fill = std::function<void(Span)>;
  Value bias(const std::string& name, const Shape& shape, const Fill& fill);
  // State without a gradient, filled when it is new.
  Value buffer(const std::string& name, const Shape& shape, double value);
  Value buffer(const std::string& name, const Shape& shape, const Fill& fill);
  // The numbers that a parameter of this net has now. Throws std::logic_error for other values.
  ConstSpan now(Value parameter) const;
  // False, and noted, where the next layer takes out what a bias adds.
  bool bias_counts();
  // Mean and deviation of the training data, known before the first step. Throws Error unless x is
  // the input itself.
  void fit(Value x, const std::string& mean, const std::string& deviation, bool per_feature);
  // The same of the targets.
  void fit_targets(const std::string& mean, const std::string& deviation);

  // Called for each layer when it has been built; inner layers come before the one that holds them.
  // Whoever wants to see values inside of a net asks for them so.
  std::function<void(const std::string& scope, const Layer& layer, Value in, Value out)> watch;

  // Adds a scalar of shape [1] to the loss that is trained on, but not to the one that is reported.
  void add_penalty(Value penalty) { penalties_.push_back(penalty); }

  const Values& weights() const { return weights_; }        // what regularizers act on
  const Values& parameters() const { return parameters_; }  // all that is trained
  const Values& penalties() const { return penalties_; }
  const std::vector<Fit>& fits() const { return fits_; }
  const std::vector<Calibrated>& calibrated() const { return calibrated_; }
  const std::vector<std::string>& dropped_biases() const { return dropped_biases_; }  // scopes
  bool uses_batch_statistics = false;  // set by layers that cannot learn from a single sample

 private:
  Value parameter(const std::string& name, const Shape& shape, const Fill& fill);
  Value filled(const std::string& name, const Shape& shape, const Initializer& init,
               const Fan& fan);
  std::string full(const std::string& name) const { return place_.scope + "." + name; }
  Graph& graph_;
  Store& store_;
  Mode mode_;
  std::uint64_t seed_;
  FirstValues first_;
  Place place_;
  Values weights_, parameters_, penalties_;
  std::vector<Fit> fits_;
  std::vector<Calibrated> calibrated_;
  std::vector<std::string> dropped_biases_;
};

}  // namespace goodfit
