// An epoch of the trainer: its steps, batch by batch.
#include <algorithm>
#include <cmath>

#include "goodfit/base/clock.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/read_ahead.hpp"
#include "goodfit/train/trainer/breakdown.hpp"
#include "goodfit/train/trainer/trainer.hpp"

namespace goodfit {
namespace {

constexpr double seconds_between_checkpoints = 60;  // inside an epoch; each costs milliseconds

}  // namespace

Step Trainer::last_step() const {
  Moment at = moment();
  --at.step;
  return {.number = at.step + 1,
          .lr = recipe_.lr.at(at),
          .momentum = recipe_.lr.momentum(at),
          .steps = at.steps,
          .steps_of_epoch = steps_};
}

// The next ones of an epoch, as many as make a step.
void Trainer::take_batches(std::span<const Size> order, Batches& batches) const {
  batches.clear();
  for (auto i = std::size_t(state_.progress.batch); i < sizes_.size(); ++i) {
    if (Size(batches.size()) == recipe_.accumulate) return;
    batches.push_back(order.subspan(i * std::size_t(network_->rows()), std::size_t(sizes_[i])));
  }
}

// Tells samples that read ahead what the rest of an epoch takes: a step's batches once a pass.
void Trainer::expect_rest(std::span<const Size> order) const {
  if (!portions_.train.samples->reader) return;
  const Size rows = network_->rows(), step = rows * recipe_.accumulate;
  const Size end = rows * (Size(sizes_.size()) - 1) + sizes_.back();
  std::vector<Size> wanted;
  for (Size begin = rows * state_.progress.batch; begin < end; begin += step) {
    const auto some = order.subspan(std::size_t(begin), std::size_t(std::min(step, end - begin)));
    for (int pass = 0; pass < recipe_.optimizer.passes(); ++pass)
      wanted.insert(wanted.end(), some.begin(), some.end());
  }
  portions_.train.expect(wanted, rows);
}

Trainer::Broken Trainer::take_step(const Batches& batches, Step step) {
  lr_ = step.lr;
  if (const Broken broken = train_pass(batches, step)) return broken;
  if (recipe_.optimizer.passes() == 1) return std::nullopt;
  updates_->keep_buffers();
  while (++step.pass < recipe_.optimizer.passes())
    if (const Broken broken = train_pass(batches, step)) return broken;
  updates_->bring_back_buffers();
  return std::nullopt;
}

void Trainer::feed_batch(const Batches& batches, std::size_t i, const Step& step) {
  feed_->fill(batches[i], (step.number - 1) * recipe_.accumulate + Size(i), network_->input(),
              network_->target());
}

// Batches of one step share its number, so random numbers are told apart by the seed.
std::uint64_t Trainer::seed_of(std::size_t i) const {
  return recipe_.seed + std::uint64_t(i) * 0x9E3779B97F4A7C15;
}

Trainer::Broken Trainer::train_pass(const Batches& batches, const Step& step) {
  Progress& now = state_.progress;
  double total = 0;
  for (const std::span<const Size> rows : batches) total += double(rows.size());
  for (std::size_t i = 0; i < batches.size(); ++i) {
    const double n = double(batches[i].size());
    feed_batch(batches, i, step);
    if (recipe_.accumulate > 1) network_->mix_gradients(i == 0 ? 0 : 1, n / total);
    Updates::Finishes last;
    if (i + 1 == batches.size()) last = updates_->finish(step);
    network_->run(Size(batches[i].size()), seed_of(i), std::uint32_t(step.number - 1), last.measure,
                  last.move);
    const double loss = network_->loss();
    if (!std::isfinite(loss)) return i;
    if (step.pass > 0) continue;
    now.loss_sum += n * loss;
    now.loss_squares += n * loss * loss;
    now.samples += n;
    epoch_samples_ += Size(batches[i].size());
  }
  return std::nullopt;
}

void Trainer::fail_loss(const Batches& batches, std::size_t i, const Step& step) {
  const double loss = network_->loss();
  feed_batch(batches, i, step);  // its place may have been used for other numbers
  std::vector<Size> numbers;
  for (const Size row : batches[i]) numbers.push_back(portions_.train.rows[std::size_t(row)]);
  const Size count = Size(numbers.size()) * signature_.sample.count();
  const std::string where =
      breakdown(recipe_,
                {signature_.sample, ConstSpan(network_->input()).first(std::size_t(count)), numbers,
                 seed_of(i), std::uint32_t(step.number - 1)},
                *store_, threads_);
  fail_run(
      "the loss became {} in epoch {}, step {}, with lr {}: {}; lower the lr, or look for "
      "values in the data that are far from the others",
      number_text(loss), state_.progress.epoch + 1, step.number, rounded_text(lr_), where);
}

double Trainer::loss_error() const {
  const Progress& now = state_.progress;
  const double mean = mean_loss(), batches = double(std::max<Size>(1, now.batch));
  return batches < 2 ? 0
                     : std::sqrt(std::max(0.0, now.loss_squares / now.samples - mean * mean) /
                                 (batches - 1));
}

void Trainer::report_step(Size step) {
  if (options_.callbacks.empty()) return;
  const double now = seconds_now(), elapsed = std::max(1e-9, now - epoch_began_);
  StepReport report{
      .epoch = state_.progress.epoch + 1, .epochs = recipe_.epochs, .step = step, .steps = steps_};
  report.loss = mean_loss();
  report.loss_error = loss_error();
  report.lr = lr_;
  report.samples_per_second = double(epoch_samples_) / elapsed;
  const double left = double(recipe_.epochs * steps_ - state_.progress.step);
  report.seconds_left =
      left * double(network_->rows() * recipe_.accumulate) / report.samples_per_second;
  if (recipe_.stop.seconds > 0)
    report.seconds_left =
        std::min(report.seconds_left, std::max(0.0, recipe_.stop.seconds - (now - began_)));
  for (Callback* callback : options_.callbacks) callback->on_step(report);
}

std::optional<Ending> Trainer::train_epoch() {
  Progress& now = state_.progress;
  const std::vector<Size> order = order_of(recipe_, portions_.train, now.epoch);
  epoch_began_ = seconds_now();
  epoch_samples_ = 0;
  const Size count = Size(sizes_.size());
  Batches batches;
  batches.reserve(std::size_t(std::min(count, recipe_.accumulate)));
  expect_rest(order);
  while (now.batch < count) {
    take_batches(order, batches);
    const bool last = now.batch + Size(batches.size()) == count;
    if (last && probes_ && probes_->due(now.epoch + 1)) probes_->note_weights();
    ++now.step;
    const Step step = last_step();
    if (const Broken broken = take_step(batches, step)) fail_loss(batches, *broken, step);
    now.batch += Size(batches.size());
    report_step((now.batch + recipe_.accumulate - 1) / recipe_.accumulate);
    if (now.batch < count) {
      if (interrupted()) return Ending::interrupted;
      if (out_of_time()) return Ending::out_of_time;
    }
    if (seconds_now() - saved_ > seconds_between_checkpoints) checkpoint();
  }
  return std::nullopt;
}

}  // namespace goodfit
