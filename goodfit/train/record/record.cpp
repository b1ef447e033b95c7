#include "goodfit/train/record/record.hpp"

#include <fmt/format.h>

#include "goodfit/base/error.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"

namespace goodfit {
namespace {

bool is(const Setting& event, std::string_view wanted) {
  const Setting* name = event.find("event");
  return name && name->text() && *name->text() == wanted;
}

std::string csv_header(const EpochReport& report) {
  std::string line = "epoch,lr,train_loss";
  for (const auto& [name, value] : report.validation) line += ",validation_" + name;
  return line + ",seconds";
}

std::string csv_row(const EpochReport& report) {
  std::string line =
      fmt::format("{},{},{}", report.epoch, number_text(report.lr), number_text(report.train_loss));
  for (const auto& [name, value] : report.validation) line += "," + number_text(value);
  return line + "," + fmt::format("{:.3f}", report.seconds);
}

}  // namespace

Record::Record(const std::filesystem::path& folder, Size kept, const Setting& recipe)
    : folder_(folder), board_(recipe) {
  std::string events, metrics, board = board_.begin();
  for (const Setting& event : read_events(folder)) {
    if (is(event, "epoch")) {
      const EpochReport report = epoch_from(event);
      if (report.epoch > kept) continue;
      if (metrics.empty()) metrics = csv_header(report) + "\n";
      metrics += csv_row(report) + "\n";
    }
    if (is(event, "probe") && probe_from(event).epoch > kept) continue;
    events += to_json(event) + "\n";
    board += board_.event(event);
  }
  write_atomic(folder / "record.jsonl", kept > 0 ? events : "");
  write_atomic(folder / "metrics.csv", kept > 0 ? metrics : "");
  const auto board_path = folder / TensorBoard::file_name;
  write_atomic(board_path, kept > 0 ? board : board_.begin());
  board_file_ = std::make_unique<AppendFile>(board_path, AppendFile::Of::bytes);
  events_ = std::make_unique<AppendFile>(folder / "record.jsonl");
  metrics_ = std::make_unique<AppendFile>(folder / "metrics.csv");
}

void Record::event(const Setting& event) {
  events_->line(to_json(event));
  if (const std::string bytes = board_.event(event); !bytes.empty()) board_file_->bytes(bytes);
}

void Record::picture(const std::string& name, Size epoch, const Picture& picture) {
  board_file_->bytes(board_.picture(name, epoch, picture));
}

void Record::epoch(const EpochReport& report) {
  if (report.epoch == 1) metrics_->line(csv_header(report));
  metrics_->line(csv_row(report));
  event(to_event(report));
}

std::vector<Setting> read_events(const std::filesystem::path& folder) {
  const auto path = folder / "record.jsonl";
  std::vector<Setting> events;
  if (!std::filesystem::exists(path)) return events;
  const std::string text = read_file(path);
  int number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) break;  // a line that a kill cut off
    events.push_back(
        from_json(text.substr(begin, end - begin), fmt::format("{}:{}", path.string(), number)));
    begin = end + 1;
  }
  return events;
}

std::vector<EpochReport> read_history(const std::filesystem::path& folder) {
  std::vector<EpochReport> history;
  for (const Setting& event : read_events(folder))
    if (is(event, "epoch")) history.push_back(epoch_from(event));
  return history;
}

}  // namespace goodfit
