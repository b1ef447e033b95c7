// LrRange: what the losses of steps with a rising lr say about which lr to take.
//
//   s_i = β s_(i−1) + (1 − β) L_i,   ŝ_i = s_i / (1 − β^(i+1)),   β = 0.98^(100 / steps)
//   the test ends when ŝ is 4 times its lowest value; of losses near 0 or below, when it has risen
//   by a tenth of the fall
//   valley      the middle of the longest fall: of the longest run of indices, not all of them,
//               whose ŝ falls all the way
//   minimum     a tenth of the lr of the lowest ŝ
//   steepest    where dŝ / d log lr is lowest
//   base, max   where a tenth and nine tenths of the fall are done: borders of a cyclic lr; of the
//               mean of the losses around each point, which does not lag as ŝ does
//
// The first tenth of the points and the last twentieth are left out, as in fastai's lr_find, whose
// suggestions these are. The valley is usually within a factor of 3 of the best; ŝ lags, so that
// the other two tend to be too high. Source: Smith 2017, arXiv:1506.01186, section 3.3; fastai's
// callback/schedule.py.
#pragma once
#include "goodfit/base/setting.hpp"
#include "goodfit/parts/schedules/auto.hpp"
#include "goodfit/train/trainer/train.hpp"

namespace goodfit {

struct LrSuggestion {
  std::string_view name;
  double lr = 0;
  std::string_view about;  // what it means, in one line
};
struct LrTrial {
  double lr = 0;
  double loss = 0;  // of the samples held out, after the steps of the trial; no number: it exploded
};

struct LrRange {
  Size steps = 0;                          // that the test would take to the highest lr
  std::vector<double> lr, loss, smoothed;  // of each step
  bool exploded = false;                   // before the highest lr was reached
  std::vector<LrSuggestion> suggestions;   // the valley first
  std::vector<LrTrial> trials;             // by their lr
  Size trial_steps = 0;
  double base = 0, max = 0;
  double chosen = 0;        // of the trial that ended best
  Schedule schedule = 0.0;  // of the recipe, with that lr
  bool interrupted = false;

  // The loss of the next of so many steps; false when it has exploded.
  bool add(double at, double its_loss, Size of);
  // From the curve. Throws Error when it says nothing, as the loss falls nowhere.
  void find_suggestions();
  // Each suggestion, three times and a third of it, without those that are nearly the same.
  std::vector<double> worth_trying(double highest) const;
  // By the trials, or the first suggestion when all of them exploded.
  void choose();
  // A schedule whose highest lr is `height`; for cyclic, with the lower border that was found.
  Schedule placed(const Schedule& schedule, double height, Size steps, Size epochs) const;

 private:
  void find_borders(std::size_t begin, std::size_t end);
};

// {"event": "lr_range", …}, for the record and for programs.
Setting to_event(const LrRange& range);

// Three digits are more than a test can tell.
double rounded_lr(double lr);

// The schedule that gets the lr of a recipe, which `auto` may be around. Throws Error when another
// schedule is around `auto`.
Auto auto_of(const Schedule& lr);

// The range test and its trials on a recipe, whose lr need not be `auto`, without training it.
// Of the options, the folder counts for nothing.
LrRange find_lr(const Recipe& recipe, const TrainOptions& options = {});

}  // namespace goodfit
