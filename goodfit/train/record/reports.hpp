// Reports: what a run says of itself while it trains; what the record keeps and callbacks are told.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "goodfit/base/setting.hpp"
#include "goodfit/base/size.hpp"
#include "goodfit/train/record/summary.hpp"

namespace goodfit {

using Scores = std::vector<std::pair<std::string, double>>;  // "loss" first, then the metrics

struct BeginReport {
  Size train = 0, validation = 0, test = 0;  // samples
  Size parameters = 0;                       // numbers that are trained
  Size epochs = 0, steps = 0;                // of the whole run
  Size resumed_epoch = 0;                    // epochs that were done before a resume
  int threads = 1;
  std::vector<std::string>
      dropped_biases{};                // layers that were built without the bias they ask for
  Size taken = 0;                      // tensors of the file that `weights` names
  std::vector<std::string> fresh{};    // those of the model that it lacks
  std::vector<std::string> remarks{};  // on the data
};

// A step of an lr range test or of one of the trials after it.
struct LrStepReport {
  Size step = 1, steps = 1;    // from 1
  Size trial = 0, trials = 0;  // from 1; 0 in the range test itself
  double lr = 0;               // of this step; in a trial, the highest of its schedule
  double loss = 0;
};

struct StepReport {
  Size epoch = 1, epochs = 1;  // from 1
  Size step = 1, steps = 1;    // in this epoch, from 1
  double loss = 0;             // mean over this epoch so far
  double loss_error = 0;       // standard error of that mean, from the spread of the batches
  double lr = 0;
  double samples_per_second = 0;
  double seconds_left = 0;  // of the run, as far as can be told
};

struct EpochReport {
  Size epoch = 1, epochs = 1;
  double train_loss = 0, train_loss_error = 0;
  Scores validation{};  // empty when nothing is held out
  double lr = 0;
  double seconds = 0;  // since the run began, pauses between resumes left out
  double samples_per_second = 0;
  bool best = false;  // so far, by what is monitored
};

struct LayerProbe {
  std::string scope, key;  // "layers.0", "dense"
  Summary outputs = {}, gradients = {};
  std::optional<Summary> weights = {};
  std::optional<double> update = {};  // of the last step, as a share of the weights
};
struct ProbeReport {
  Size epoch = 1, samples = 0;
  std::vector<LayerProbe> layers = {};
};

// An event of the record, {"event": "epoch", …}, and back.
Setting to_event(const EpochReport& report);
EpochReport epoch_from(const Setting& event);
Setting to_event(const ProbeReport& report);  // "probe"
ProbeReport probe_from(const Setting& event);
// The number of a table's entry; NaN where it is null, as JSON has none. Throws Error without one.
double event_number(const Setting& table, std::string_view key);
Setting to_setting(const Scores& scores);
Scores scores_from(const Setting& table);

}  // namespace goodfit
