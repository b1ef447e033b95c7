// The search for the lr of a run before its first step: a range test, then trials, after which
// everything is as it was.
//
// What a step changes is in the state alone: weights and buffers, what the optimizer remembers, and
// counters, of which random numbers and the order of samples are functions.
#include <cmath>

#include "goodfit/base/files.hpp"
#include "goodfit/train/trainer/trainer.hpp"

namespace goodfit {
namespace {

constexpr Size most_judged = 4096;  // samples that tell one trial from another

// Evenly taken, as a set may lie in the order of its classes.
Portion some_of(const Portion& portion) {
  Portion some{portion.samples, {}};
  const Size count = std::min(most_judged, portion.count());
  for (Size i = 0; i < count; ++i)
    some.rows.push_back(portion.rows[std::size_t(i * portion.count() / count)]);
  return some;
}

// Takes notes, and brings everything back when it goes.
class Restoring {
 public:
  explicit Restoring(State& state)
      : state_(state),
        progress_(state.progress),
        weights_(state.weights->all().begin(), state.weights->all().end()),
        memory_(state.memory) {}
  ~Restoring() { now(); }
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;

  // In their places, to which others point.
  void now() {
    state_.progress = progress_;
    std::copy(weights_.begin(), weights_.end(), state_.weights->all().begin());
    for (std::size_t i = 0; i < memory_.size(); ++i)
      std::copy(memory_[i].begin(), memory_[i].end(), state_.memory[i].begin());
  }

 private:
  State& state_;
  const Progress progress_;
  const std::vector<float> weights_;
  const std::vector<std::vector<float>> memory_;
};

}  // namespace

// Steps as the run would take them, over epochs as they come; `goes_on` is told the loss of each.
void Trainer::rehearse(Size count, const std::function<Step(Size)>& step_of,
                       const std::function<bool(Size, double)>& goes_on) {
  Progress& now = state_.progress;
  std::vector<Size> order = order_of(recipe_, portions_.train, now.epoch);
  Batches batches;
  for (Size i = 0; i < count; ++i) {
    if (now.batch >= Size(sizes_.size())) {
      now.batch = 0;
      order = order_of(recipe_, portions_.train, ++now.epoch);
    }
    take_batches(order, batches);
    ++now.step;
    now.loss_sum = now.samples = 0;
    const bool broken = take_step(batches, step_of(i)).has_value();
    now.batch += Size(batches.size());
    if (!goes_on(i, broken ? INFINITY : mean_loss())) return;
  }
}

// The schedule of the whole run in a few steps; the loss of the samples that judge it.
double Trainer::try_lr(const Schedule& schedule, Size steps, const Portion& judged,
                       const std::function<bool(Size, double)>& goes_on) {
  const Size all = steps_ * recipe_.epochs;
  Step last;
  bool broken = false;
  const auto step_of = [&](Size i) {
    const Size at = i * all / steps;
    const Moment moment{at, all, at / steps_, recipe_.epochs, {}};
    last = {.number = state_.progress.step,
            .lr = schedule.at(moment),
            .momentum = schedule.momentum(moment),
            .steps = steps,
            .steps_of_epoch = steps_};
    return last;
  };
  rehearse(steps, step_of, [&](Size i, double loss) {
    broken = !std::isfinite(loss);
    return goes_on(i, loss) && !broken;
  });
  if (broken) return NAN;
  show_evaluated(last);
  return score(*checked_, judged, {}).front().second;
}

LrRange Trainer::search_lr(const Auto& settings) {
  LrRange range;
  const Size all = steps_ * recipe_.epochs;
  Restoring everything(state_);
  LrStepReport report{.steps = settings.steps};
  const auto goes_on = [&](Size i, double loss) {
    report.step = i + 1;
    report.loss = loss;
    for (Callback* callback : options_.callbacks) callback->on_lr_step(report);
    range.interrupted = interrupted();
    return !range.interrupted;
  };
  const auto rising = [&](Size i) {
    report.lr = settings.low *
                std::pow(settings.high / settings.low, double(i) / double(settings.steps - 1));
    return Step{.number = state_.progress.step,
                .lr = report.lr,
                .momentum = {},
                .steps = all,
                .steps_of_epoch = steps_};
  };
  rehearse(settings.steps, rising, [&](Size i, double loss) {
    return range.add(report.lr, loss, settings.steps) && goes_on(i, loss);
  });
  if (range.interrupted) return range;
  range.find_suggestions();

  const Portion& held_out =
      portions_.validation.count() > 0 ? portions_.validation : portions_.train;
  const Portion judged = some_of(held_out);
  const std::vector<double> lrs = range.worth_trying(settings.high);
  report = {.steps = std::min(settings.trial_steps, all), .trials = Size(lrs.size())};
  range.trial_steps = report.steps;
  for (const double lr : lrs) {
    everything.now();
    ++report.trial;
    report.lr = lr;
    const Schedule schedule = range.placed(settings.schedule, lr, all, recipe_.epochs);
    range.trials.push_back({lr, try_lr(schedule, report.steps, judged, goes_on)});
    if (range.interrupted) return range;
  }
  range.choose();
  range.schedule = range.placed(settings.schedule, range.chosen, all, recipe_.epochs);
  return range;
}

// False when somebody wants the run to stop.
bool Trainer::settle_lr() {
  const Auto* settings = recipe_.lr.as<Auto>();
  if (!settings) return true;
  const LrRange range = search_lr(*settings);
  if (range.interrupted) return false;
  recipe_.lr = range.schedule;
  if (record_) {
    record_->event(to_event(range));
    write_atomic(options_.folder / "recipe.toml", recipe_toml(recipe_));
  }
  for (Callback* callback : options_.callbacks) callback->on_lr_range(range);
  return true;
}

LrRange Trainer::find_lr() {
  begin();
  return search_lr(*recipe_.lr.as<Auto>());
}

LrRange find_lr(const Recipe& recipe, const TrainOptions& options) {
  TrainOptions without_folder = options;
  without_folder.folder.clear();
  Recipe with_auto = recipe;
  with_auto.lr = auto_of(recipe.lr);
  return Trainer(with_auto, without_folder).find_lr();
}

}  // namespace goodfit
