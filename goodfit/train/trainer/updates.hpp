// Updates: the optimizer's side of a run: which weights it moves, in which pieces, with what
// memory, and which regularizers change them afterwards.
#pragma once
#include "goodfit/train/trainer/checkpoint.hpp"
#include "goodfit/train/trainer/network.hpp"

namespace goodfit {

class Updates {
 public:
  // `state` has its memory already, read or zero; all of them must outlive the updates.
  // Throws Error when a group asks for what the optimizer does not have.
  Updates(const Recipe& recipe, const Network& network, Store& store, State& state);
  Updates(const Updates&) = delete;  // a step points to it
  Updates& operator=(const Updates&) = delete;

  // Moves all weights by the gradients that the network has just computed, as the end of its run;
  // none when its loss is no number.
  struct Finishes {
    Finish measure, move;
  };
  Finishes finish(const Step& step);

  // Between the two, the store holds the weights that are evaluated after `step`, the last one;
  // what is done to them and to the buffers meanwhile is undone.
  void show_evaluated(const Step& step);
  void show_trained();
  bool evaluates_others() const { return rules_.front().optimizer.evaluates_others(); }

  // Running statistics and the like: `keep` notes them, `bring_back` has them as they were then.
  void keep_buffers();
  void bring_back_buffers();

  // The shares of exact zeros in weights whose regularizers make some: of "all" of them, then of
  // each; empty when there are none.
  Scores zeros() const;

 private:
  struct Tile {  // some weights that the optimizer moves in one call
    Span w;
    ConstSpan g;
    std::size_t kept;  // the first of its spans in kept_
    Size rows;         // of the whole weight as a matrix
    int group;         // of the recipe, or -1
    Size inside;       // rows of this piece that regularizers may change; 0: none
  };
  static void measure(void* context, Size tile);
  static void decide(void* context);
  static void move(void* context, Size tile);
  Step step_for(const Tile& tile) const;

  struct Rule {
    Optimizer optimizer;
    double lr_scale;
    std::vector<Regularizer> projections;
  };
  const Rule& rule_of(int group) const { return rules_[std::size_t(group + 1)]; }
  const std::vector<Regularizer>& projections_of(const Network::Trained& one) const;

  const Network& network_;
  Store& store_;
  State& state_;
  std::vector<Rule> rules_;                  // the recipe's, and then those of its groups
  std::vector<std::vector<float>> scratch_;  // as large as the weights
  std::vector<Span> kept_;
  std::vector<Tile> tiles_;
  std::vector<double> measured_, sums_;                     // of each tile; of all
  std::vector<float> trained_, buffers_;                    // copies of the store
  std::vector<std::pair<std::string, ConstSpan>> thinned_;  // weights in which zeros are made
  Step step_;
};

}  // namespace goodfit
