// Trainer: the state of a run while it trains; train() drives it epoch by epoch.
#pragma once
#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/checkpoint.hpp"
#include "goodfit/train/trainer/feed.hpp"
#include "goodfit/train/trainer/first_weights.hpp"
#include "goodfit/train/trainer/lr_range.hpp"
#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/probes.hpp"
#include "goodfit/train/trainer/train.hpp"
#include "goodfit/train/trainer/updates.hpp"

namespace goodfit {

class Trainer {
 public:
  // Loads and splits the data, builds the networks, and takes up a checkpoint when resuming.
  Trainer(const Recipe& recipe, const TrainOptions& options);

  Run run();
  LrRange find_lr();  // of a recipe whose lr is `auto`, and nothing else

 private:
  void begin();
  void begin_record();
  Ending train_epochs();
  std::optional<Ending> train_epoch();  // what cut it short, if anything
  using Batches = std::vector<std::span<const Size>>;
  void take_batches(std::span<const Size> order, Batches& batches) const;
  void expect_rest(std::span<const Size> order) const;
  // These give the index of the batch whose loss is no number, if there is one.
  using Broken = std::optional<std::size_t>;
  Broken take_step(const Batches& batches, Step step);
  Broken train_pass(const Batches& batches, const Step& step);
  void feed_batch(const Batches& batches, std::size_t i, const Step& step);
  std::uint64_t seed_of(std::size_t i) const;
  [[noreturn]] void fail_loss(const Batches& batches, std::size_t i, const Step& step);
  bool settle_lr();
  LrRange search_lr(const Auto& settings);
  double try_lr(const Schedule& schedule, Size steps, const Portion& judged,
                const std::function<bool(Size, double)>& goes_on);
  void rehearse(Size count, const std::function<Step(Size)>& step_of,
                const std::function<bool(Size, double)>& goes_on);
  bool show_evaluated(const Step& step);
  void score_epoch(EpochReport& report);
  void finish_epoch(bool whole);
  void report_step(Size step);
  bool better(double value) const;
  bool reaches_target(double value) const;
  bool out_of_time() const;
  bool monitors_higher() const;
  void checkpoint();
  Moment moment() const;
  Step last_step() const;
  bool interrupted() const;
  std::vector<Size> batch_sizes() const;
  double mean_loss() const { return state_.progress.loss_sum / state_.progress.samples; }
  double loss_error() const;

  Recipe recipe_;  // whose lr is settled before the first step
  const TrainOptions& options_;
  Data data_;
  Portions portions_;
  Signature signature_;
  Threads threads_;
  std::shared_ptr<Store> store_ = std::make_shared<Store>();
  std::unique_ptr<Network> network_, checked_;  // for training; for validation and test
  FirstWeights first_;
  std::optional<Feed> feed_;
  std::vector<Metric> metrics_;
  State state_;
  std::vector<EpochReport> reports_;
  std::unique_ptr<Record> record_;
  std::optional<Updates> updates_;
  std::optional<Probes> probes_;  // of a run that is recorded
  double lr_ = 0;                 // of the last step
  std::vector<Size> sizes_;       // of the batches of an epoch
  Size steps_ = 0;                // in an epoch
  double began_ = 0;              // clock at the beginning, less the seconds before a resume
  double epoch_began_ = 0;        // clock
  Size epoch_samples_ = 0;        // since then
  double saved_ = 0;              // clock of the last checkpoint
};

}  // namespace goodfit
