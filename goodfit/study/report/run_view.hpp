// RunView: a run as panels look at it: what it has recorded, its data read again, and what its
// model makes of the samples that judge it.
//
// Data and outputs are had once, when the first panel asks. Data that is gone, or that only a
// program had, leaves a run that can still be reported, and a reason that can be shown.
#pragma once
#include <memory>

#include "goodfit/parts/metrics/metric.hpp"
#include "goodfit/train/trainer/run.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

class RunView {
 public:
  explicit RunView(const Run& run);

  const Run& run() const { return run_; }
  const Recipe& recipe() const { return run_.recipe(); }
  const std::vector<EpochReport>& history() const { return run_.history; }
  const std::string& name() const { return name_; }  // "digits", of runs/digits

  // Events of the record by their name, the oldest first; none when nothing was written.
  std::vector<const Setting*> events(std::string_view name) const;

  std::vector<ProbeReport> probes() const;  // in order

  struct Known {
    Data data;
    Portions portions;
  };
  const Known* data() const;               // nullptr when it cannot be read
  const std::string& why_no_data() const;  // then

  // The samples that judge the model: those for test, else for validation, else for training.
  struct Judged {
    std::string split;  // "test"
    Portion samples;
    // What the model makes of them: of each place, where sequences have many.
    std::vector<float> outputs, targets, deviations;
    Size rows = 0, width = 1, target_width = 1;
    double loss = 0;

    Outcome outcome() const;
    Outcome outcome(Size row) const;
  };
  const Judged* judged() const;  // nullptr when the data cannot be read

  // Scores on the test samples as they were recorded; empty when there were none.
  Scores test_scores() const;
  // Whether there are judged samples, each with one class that the model tells.
  bool tells_classes() const;
  // Names of the classes; of those without one, their numbers.
  std::vector<std::string> classes(Size count) const;

 private:
  Run run_;
  std::string name_;
  std::vector<Setting> events_;
  mutable std::unique_ptr<Known> known_;
  mutable std::unique_ptr<Judged> judged_;
  mutable std::string why_no_data_;
};
using Views = std::vector<RunView>;

}  // namespace goodfit
