// Network: a recipe's model built for one mode: graph, plan, executor, and where numbers go in and
// out.
#pragma once
#include <functional>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

class Network {
 public:
  // Weights that the store does not have yet are added and initialized from the recipe's seed.
  // `signature.outputs` is set; its temperature counts in all modes but train. Throws Error when
  // layers, targets and loss do not fit each other. A network that is not `judged` only predicts:
  // it has neither target nor loss. `shard_rows`: samples of a shard, 0: by the work of one;
  // another number gives other rounding.
  Network(const Recipe& recipe, Signature& signature, Mode mode, Size rows, Store& store,
          Threads& threads, const PlanOptions& options = {}, bool judged = true,
          Size shard_rows = 0);

  Size rows() const { return graph_.rows(); }
  Span input() { return executor_->input("input"); }
  Span target() { return executor_->input("target"); }
  ConstSpan outputs() const { return executor_->root(0); }
  double loss() const { return executor_->root(1)[0]; }  // without regularizers
  // Places of a sample that have outputs and a target of their own, as the steps of a sequence.
  Size positions() const { return positions_; }
  // Outputs of a place that metrics compare with its target; the log variances of their noise come
  // behind them.
  Size told() const { return told_; }

  // One step over `rows` samples that lie in input and target.
  void run(Size rows, std::uint64_t seed, std::uint32_t step, const Finish& first = {},
           const Finish& second = {}, Size first_row = 0) {
    executor_->run(rows, seed, step, first, second, first_row);
  }

  // In mode train, of a recipe that accumulates: the gradients of the next run become
  // kept · (those of the last run) + added · (its own), and then go through the recipe's rules.
  void mix_gradients(double kept, double added);

  struct Trained {
    const Stored* stored;
    ConstSpan gradient;
    int group;         // of the recipe, or -1
    bool regularized;  // by what regularizers_of(recipe, group) says
  };
  std::vector<Trained> trained() const;  // in mode train: what the optimizer moves

  struct Running {  // a buffer that takes a share of each batch's statistics
    std::string name;
    double momentum;
  };
  std::vector<Running> running() const;

  const std::vector<Fit>& fits() const { return fits_; }
  const std::vector<std::string>& dropped_biases() const { return dropped_biases_; }
  bool uses_batch_statistics() const { return uses_batch_statistics_; }
  const Plan& plan() const { return plan_; }

 private:
  Values slopes_of(const Recipe& recipe, const Net& net, Value loss);
  Values accumulated(const Values& slopes);
  Graph graph_;
  Store& store_;
  Store own_;  // what is accumulated, which is no part of the model
  Plan plan_;
  std::unique_ptr<Executor> executor_;
  struct Moved {
    std::string name;
    int group;
    bool regularized;
  };
  std::vector<Moved> trained_;
  std::vector<Fit> fits_;
  std::vector<std::string> dropped_biases_;
  bool uses_batch_statistics_ = false;
  Size told_ = 1, positions_ = 1;
};

// Turns outputs, `width` numbers for each place, into what the loss means by them.
void as_meant(Span outputs, Size width, Meaning meaning);

// The target as the loss wants it beside these outputs: of a sequence, a class for each step.
Value placed_target(const Recipe& recipe, Value outputs, Value target);

// Those of a group, or of the recipe itself: for -1, and where the group says nothing.
const std::vector<Regularizer>& regularizers_of(const Recipe& recipe, int group);

// Numbers per target: with transforms that mix samples, training has a share for each class.
Size goals_of(const Recipe& recipe, const Signature& signature, Mode mode);

// Fills the buffers that layers want fitted, from the samples that are trained on.
void fit_buffers(const std::vector<Fit>& fits, const Portion& portion, Store& store);

// The loss over a portion; `see` is shown what the network made of each batch.
double each_outcome(Network& network, const Portion& portion,
                    const std::function<void(const Outcome&)>& see);

// Loss and metrics over a portion.
Scores score(Network& network, const Portion& portion, const std::vector<Metric>& metrics);

// Those of the recipe, or the usual ones of its loss for targets of this width.
std::vector<Metric> metrics_of(const Recipe& recipe, Size target_width);

}  // namespace goodfit
