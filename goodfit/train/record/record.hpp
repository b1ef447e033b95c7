// Record: the memory of a run on disk, readable while it trains.
//
//   record.jsonl   one event a line: {"event": "begin" | "epoch" | "probe" | "resume" | "end", …}
//   events.out.tfevents.0.goodfit   the same for TensorBoard
//   metrics.csv    one row an epoch: epoch,lr,train_loss,validation_loss,…,seconds
#pragma once
#include <filesystem>
#include <memory>

#include "goodfit/base/files.hpp"
#include "goodfit/train/record/reports.hpp"
#include "goodfit/train/record/tensorboard.hpp"

namespace goodfit {

class Record {
 public:
  // Begins the record of a run in `folder`; or goes on with one, keeping the epochs up to `kept`
  // and dropping those after it, which will be trained again.
  // `recipe`: what TensorBoard is told of it.
  Record(const std::filesystem::path& folder, Size kept, const Setting& recipe = {});

  void event(const Setting& event);
  void epoch(const EpochReport& report);
  void picture(const std::string& name, Size epoch, const Picture& picture);  // for TensorBoard

 private:
  std::filesystem::path folder_;
  TensorBoard board_;
  std::unique_ptr<AppendFile> events_, metrics_, board_file_;
};

// All events in the record of a run, and its epochs; none when there is no record.
std::vector<Setting> read_events(const std::filesystem::path& folder);
std::vector<EpochReport> read_history(const std::filesystem::path& folder);

}  // namespace goodfit
