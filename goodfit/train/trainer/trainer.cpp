#include "goodfit/train/trainer/trainer.hpp"

#include <cmath>
#include <cstring>

#include "goodfit/base/clock.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/machine.hpp"
#include "goodfit/base/version.hpp"
#include "goodfit/parts/metrics/names.hpp"
#include "goodfit/train/record/model_file.hpp"
#include "goodfit/train/record/tiles.hpp"
#include "goodfit/train/trainer/calibration.hpp"
#include "goodfit/train/trainer/statistics.hpp"

namespace goodfit {
namespace {

Data load_data(const Recipe& recipe, int threads) {
  if (!recipe.data) fail("the recipe has no data: give it a [data] section");
  Wanted wanted = wanted_by(recipe);
  wanted.threads = threads;
  Data data = recipe.data->load(wanted);
  if (data.train.count() == 0) fail("data: there are no samples");
  return data;
}

// Of the numbers that are trained on, so that a resume on other data is noticed.
std::uint64_t hash_of(const Samples& samples) {
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&](ConstSpan numbers) {
    for (const float x : numbers) {
      std::uint32_t bits;
      std::memcpy(&bits, &x, sizeof bits);
      hash = (hash ^ bits) * 0x100000001b3;
    }
  };
  whole(samples).each(add);
  add(samples.targets);
  return hash >> 1;  // fits a whole number of a setting
}

// Of the model in a file when it has these weights: what was calibrated stays so until they change.
double temperature_of(const std::filesystem::path& file, const Store& weights) {
  try {
    const ModelFile model = read_model(file);
    Store there = weights;
    take_weights(model, there, file);
    const ConstSpan a = std::as_const(there).all(), b = weights.all();
    return std::equal(a.begin(), a.end(), b.begin()) ? model.signature.temperature : 1;
  } catch (const Error&) {
    return 1;
  }
}

}  // namespace

Trainer::Trainer(const Recipe& recipe, const TrainOptions& options)
    : recipe_(recipe),
      options_(options),
      data_(load_data(recipe, options.threads)),
      portions_(split_data(data_, recipe.split, has_classes(recipe.loss.meaning()), recipe.seed)),
      threads_(options.threads),
      metrics_(metrics_of(recipe, data_.train.target_width)) {
  signature_ = {data_.train.shape, 1, data_.train.target_width, data_.features, data_.classes};
  const Size count = portions_.train.count();
  network_ = std::make_unique<Network>(recipe_, signature_, Mode::train,
                                       std::min(recipe.batch, count), *store_, threads_,
                                       PlanOptions{.without_passes = options.without_passes});
  feed_.emplace(portions_.train, recipe_.transforms, recipe_.seed,
                goals_of(recipe_, signature_, Mode::train), &threads_);
  const Size held_out = std::max(portions_.validation.count(), portions_.test.count());
  const Size checked = held_out == 0 && recipe.lr.as<Auto>() ? count : held_out;
  if (checked > 0)
    checked_ = std::make_unique<Network>(recipe_, signature_, Mode::evaluate,
                                         std::min<Size>(256, checked), *store_, threads_,
                                         PlanOptions{.without_passes = options.without_passes});
  check_score("stop.monitor", recipe.stop.monitor, metrics_);
  auto_of(recipe.lr);  // says what is wrong with it
  sizes_ = batch_sizes();
  const Size batches = Size(sizes_.size());
  steps_ = (batches + recipe.accumulate - 1) / recipe.accumulate;
  if (batches == 0) fail("batch = {} leaves no batch of {} training samples", recipe.batch, count);

  state_.weights = store_.get();
  for (std::size_t i = 0; i < recipe.optimizer.memory().size(); ++i)
    state_.memory.push_back(zeros_for(store_->all().size()));
  state_.progress.numbers.assign(recipe.optimizer.numbers(), 0.0);
  state_.progress.data_hash = hash_of(data_.train);
  const bool goes_on =
      options.resume && std::filesystem::exists(options.folder / "last/checkpoint.safetensors");
  if (!goes_on) fit_buffers(network_->fits(), portions_.train, *store_);
  if (!recipe.weights.empty() && !goes_on)
    first_ = take_first_weights(recipe.weights, network_->fits(), *store_);
  updates_.emplace(recipe_, *network_, *store_, state_);
  begin_record();
  if (record_ && recipe.probes != "off")
    probes_.emplace(recipe_, portions_.train, *store_, threads_);
}

void Trainer::begin_record() {
  if (options_.folder.empty()) return;
  const std::uint64_t hash = state_.progress.data_hash;
  bool resumed = false;
  if (options_.resume) {
    resumed = read_checkpoint(options_.folder, state_, recipe_.optimizer.memory());
    if (resumed && state_.progress.data_hash != hash)
      fail("{}: the data has changed since this run began; train a new one",
           options_.folder.string());
  } else if (std::filesystem::exists(options_.folder / "record.jsonl")) {
    fail("{}: this folder holds a run already; choose another with --out, or go on with --resume",
         options_.folder.string());
  }
  make_folder(options_.folder);
  if (const auto file = options_.folder / "recipe.toml";
      options_.resume && recipe_.lr.as<Auto>() && std::filesystem::exists(file))
    recipe_.lr = read_recipe(file).lr;  // as it was found
  write_atomic(options_.folder / "recipe.toml", recipe_toml(recipe_));
  record_ = std::make_unique<Record>(options_.folder, state_.progress.epoch,
                                     recipe_.write(Which::changed));
  if (!state_.best.empty()) {
    // The model there may be of an epoch that time cut short, and that goes on now.
    Store best = *store_;
    std::copy(state_.best.begin(), state_.best.end(), best.all().begin());
    const auto file = options_.folder / "model.safetensors";
    Signature signature = signature_;
    signature.temperature = temperature_of(file, best);
    write_model(file, best, signature);
  }
  if (resumed)
    for (const EpochReport& epoch : read_history(options_.folder)) reports_.push_back(epoch);
  Setting event{Setting::Table{}};
  event["event"] = resumed ? "resume" : "begin";
  event["time"] = utc_now();
  event["goodfit"] = version();
  event["machine"] = machine_name();
  event["threads"] = threads_.count();
  event["data_hash"] = std::int64_t(hash);
  event["train"] = portions_.train.count();
  event["validation"] = portions_.validation.count();
  event["test"] = portions_.test.count();
  event["parameters"] = store_->trained_count();
  event["step"] = state_.progress.step;
  record_->event(event);
}

std::vector<Size> Trainer::batch_sizes() const {
  const Size count = portions_.train.count(), full = network_->rows();
  std::vector<Size> sizes(std::size_t(count / full), full);
  const Size rest = count % full;
  // A batch of one sample has no batch statistics; it waits for the next epoch's order.
  const bool usable = !recipe_.drop_last && !(rest == 1 && network_->uses_batch_statistics());
  if (rest > 0 && usable) sizes.push_back(rest);
  return sizes;
}

Moment Trainer::moment() const {
  const Progress& now = state_.progress;
  return {now.step, steps_ * recipe_.epochs, now.epoch, recipe_.epochs, now.history};
}

bool Trainer::interrupted() const {
  if (options_.interrupted && options_.interrupted->load(std::memory_order_relaxed)) return true;
  for (Callback* callback : options_.callbacks)
    if (callback->wants_stop()) return true;
  return false;
}

bool Trainer::out_of_time() const {
  const double most = recipe_.stop.seconds;  // at least one step is done, so that there is a model
  return most > 0 && state_.progress.step > 0 && seconds_now() - began_ >= most;
}

bool Trainer::monitors_higher() const {
  return is_higher_better(metrics_, recipe_.stop.monitor).value_or(false);
}

bool Trainer::reaches_target(double value) const {
  const std::optional<double>& target = recipe_.stop.target;
  if (!target || portions_.validation.count() == 0) return false;
  return monitors_higher() ? value >= *target : value <= *target;
}

bool Trainer::better(double value) const {
  const Progress& now = state_.progress;
  if (now.best_epoch == 0 || reaches_target(value)) return true;
  if (!std::isfinite(now.best)) return std::isfinite(value);
  return (monitors_higher() ? value - now.best : now.best - value) > recipe_.stop.min_delta;
}

// Of the weights as they are in the store; they are kept when they are the best so far.
void Trainer::score_epoch(EpochReport& report) {
  Progress& now = state_.progress;
  // Without held-out samples there is nothing to choose by: the last epoch counts.
  double watched = 0;
  bool improved = true;
  if (portions_.validation.count() > 0) {
    report.validation = score(*checked_, portions_.validation, metrics_);
    for (const auto& [name, value] : report.validation)
      if (name == recipe_.stop.monitor) watched = value;
    improved = better(watched);
    now.history.push_back(report.validation.front().second);
  } else {
    now.history.push_back(report.train_loss);
  }
  report.best = improved;
  now.waited = improved ? 0 : now.waited + 1;
  if (!improved) return;
  now.best = watched;
  now.best_epoch = report.epoch;
  state_.best.assign(store_->all().begin(), store_->all().end());
  if (record_) write_model(options_.folder / "model.safetensors", *store_, signature_);
}

// True when the weights in the store are now others than those that are trained.
bool Trainer::show_evaluated(const Step& step) {
  if (!updates_->evaluates_others() && recipe_.statistics != "recomputed") return false;
  updates_->show_evaluated(step);
  recompute_statistics(*network_, portions_.train, *store_, recipe_.seed);
  return true;
}

// `whole`: not cut short; one that was is not in the checkpoint and will be gone on with.
void Trainer::finish_epoch(bool whole) {
  Progress& now = state_.progress;
  EpochReport report{.epoch = now.epoch + 1, .epochs = recipe_.epochs};
  report.train_loss = mean_loss();
  report.train_loss_error = loss_error();
  report.lr = last_step().lr;  // which may have been done before a resume
  report.samples_per_second = double(epoch_samples_) / std::max(1e-9, seconds_now() - epoch_began_);
  const bool others = show_evaluated(last_step());
  score_epoch(report);
  if (others) updates_->show_trained();
  ++now.epoch;
  now.batch = 0;
  now.loss_sum = now.loss_squares = now.samples = 0;
  now.seconds = report.seconds = seconds_now() - began_;
  reports_.push_back(report);
  if (record_) record_->epoch(report);
  if (whole && probes_ && probes_->due(report.epoch))
    record_->event(to_event(probes_->measure(report.epoch)));
  if (whole) checkpoint();
  for (Callback* callback : options_.callbacks) callback->on_epoch(report);
}

void Trainer::checkpoint() {
  if (!record_) return;
  state_.progress.seconds = seconds_now() - began_;
  write_checkpoint(options_.folder, state_, recipe_.optimizer.memory());
  saved_ = seconds_now();
}

Ending Trainer::train_epochs() {
  const Progress& now = state_.progress;
  for (;;) {
    if (now.best_epoch > 0 && reaches_target(now.best)) return Ending::reached_target;
    if (now.epoch >= recipe_.epochs) return Ending::finished;
    if (recipe_.stop.patience > 0 && now.waited >= recipe_.stop.patience)
      return Ending::stopped_early;
    const auto cut = out_of_time() ? std::optional(Ending::out_of_time) : train_epoch();
    if (cut) {
      checkpoint();
      if (*cut == Ending::out_of_time && now.batch > 0) finish_epoch(false);
      return *cut;
    }
    finish_epoch(true);
    if (now.epoch < recipe_.epochs && interrupted()) return Ending::interrupted;
  }
}

void Trainer::begin() {
  BeginReport begin{.train = portions_.train.count(),
                    .validation = portions_.validation.count(),
                    .test = portions_.test.count()};
  begin.parameters = store_->trained_count();
  begin.epochs = recipe_.epochs;
  begin.steps = steps_ * recipe_.epochs;
  begin.resumed_epoch = state_.progress.epoch;
  begin.threads = threads_.count();
  begin.dropped_biases = network_->dropped_biases();
  begin.remarks = data_.remarks;
  begin.taken = first_.taken;
  begin.fresh = first_.fresh;
  for (Callback* callback : options_.callbacks) callback->on_begin(begin);
  const DataReport given{recipe_, data_, portions_, options_.folder};
  for (Callback* callback : options_.callbacks) callback->on_data(given);

  began_ = seconds_now() - state_.progress.seconds;
  saved_ = seconds_now();
  // What was measured elsewhere is not measured here.
  if (state_.progress.step == 0 && first_.taken == 0)
    calibrate(recipe_, portions_.train, *store_, threads_);
}

Run Trainer::run() {
  begin();
  const Ending ending = settle_lr() ? train_epochs() : Ending::interrupted;
  const Progress& now = state_.progress;
  // An interrupted run keeps the weights it has reached only in its checkpoint.
  if (!state_.best.empty())
    std::copy(state_.best.begin(), state_.best.end(), store_->all().begin());

  Run run(recipe_, signature_, store_);
  run.ending = ending;
  run.epochs = now.epoch;
  run.best_epoch = now.best_epoch;
  run.history = reports_;
  run.folder = options_.folder;
  run.seconds = seconds_now() - began_;
  for (const EpochReport& report : reports_)
    if (report.epoch == now.best_epoch) run.best_scores = report.validation;
  if (ending != Ending::interrupted && portions_.test.count() > 0)
    run.test_scores = score(*checked_, portions_.test, metrics_);
  run.zeros = updates_->zeros();
  if (record_) {
    Setting event{Setting::Table{}};
    event["event"] = "end";
    event["time"] = utc_now();
    event["outcome"] = name_of(ending);
    event["best_epoch"] = run.best_epoch;
    event["seconds"] = run.seconds;
    event["test"] = to_setting(run.test_scores);
    if (!run.zeros.empty()) event["zeros"] = to_setting(run.zeros);
    record_->event(event);
    constexpr Size most_tiles = 144;
    if (const auto features = first_tiles(*store_, signature_))
      record_->picture("features/" + features->name, run.best_epoch,
                       drawn(features->first(most_tiles)));
  }
  return run;
}

Run train(const Recipe& recipe, const TrainOptions& options) {
  return Trainer(recipe, options).run();
}

std::string plan_recipe(const Recipe& recipe, const std::vector<std::string>& without_passes) {
  const Data data = load_data(recipe, 0);
  const Portions portions =
      split_data(data, recipe.split, has_classes(recipe.loss.meaning()), recipe.seed);
  Signature signature{data.train.shape, 1, data.train.target_width, data.features, data.classes};
  Store store;
  Threads one(1);
  const Network network(recipe, signature, Mode::train,
                        std::min(recipe.batch, portions.train.count()), store, one,
                        PlanOptions{.without_passes = without_passes});
  return network.plan().text();
}

}  // namespace goodfit
