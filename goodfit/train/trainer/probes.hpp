// Probes: how large outputs, gradients and weights of each layer are while a run trains, and how
// far a step moves the weights; what the report draws and the doctor reads.
//
//   update = ‖w after the last step of the epoch − w before it‖ / ‖w before it‖
//
// Measured at the end of an epoch on a net of its own, always on the same few samples: what is
// trained is the same bits with probes as without. By default at epochs 1, 2, 3, 4, 6, 8, 11, 16, …
// and the last, so that a long run measures hardly more often than a short one.
#pragma once
#include "goodfit/train/record/reports.hpp"
#include "goodfit/train/trainer/probed.hpp"

namespace goodfit {

class Probes {
 public:
  // All of them must outlive the probes.
  Probes(const Recipe& recipe, const Portion& train, Store& store, Threads& threads);

  bool due(Size epoch) const;  // from 1
  // To be called before the last step of an epoch that is due.
  void note_weights();
  // After that step. Leaves the store as it was.
  ProbeReport measure(Size epoch);

 private:
  LayerProbe measured(const Passage& one) const;

  const Recipe& recipe_;
  const Portion& train_;
  Store& store_;
  Threads& threads_;
  std::vector<float> before_;       // the weights, noted; empty when they were not
  std::unique_ptr<Probed> probed_;  // between two measurements only when it is small
};

}  // namespace goodfit
