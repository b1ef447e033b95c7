#include "goodfit/train/record/reports.hpp"

#include <limits>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

double number(const Setting& table, std::string_view key) {
  const Setting* found = table.find(key);
  if (!found) fail("{}: an event without \"{}\"", table.place(), key);
  if (const double* value = std::get_if<double>(&found->data)) return *value;
  if (const auto* whole = std::get_if<std::int64_t>(&found->data)) return double(*whole);
  return std::numeric_limits<double>::quiet_NaN();  // JSON has no NaN; it is written as null
}

}  // namespace

Setting to_setting(const Scores& scores) {
  Setting table{Setting::Table{}};
  for (const auto& [name, value] : scores) table[name] = value;
  return table;
}

Scores scores_from(const Setting& table) {
  Scores scores;
  if (table.table())
    for (const auto& [name, value] : *table.table()) scores.emplace_back(name, number(table, name));
  return scores;
}

Setting to_event(const EpochReport& report) {
  Setting event{Setting::Table{}};
  event["event"] = "epoch";
  event["epoch"] = report.epoch;
  event["epochs"] = report.epochs;
  event["train_loss"] = report.train_loss;
  event["train_loss_error"] = report.train_loss_error;
  event["validation"] = to_setting(report.validation);
  event["lr"] = report.lr;
  event["seconds"] = report.seconds;
  event["samples_per_second"] = report.samples_per_second;
  event["best"] = report.best;
  return event;
}

EpochReport epoch_from(const Setting& event) {
  EpochReport report;
  report.epoch = Size(number(event, "epoch"));
  report.epochs = Size(number(event, "epochs"));
  report.train_loss = number(event, "train_loss");
  report.train_loss_error = number(event, "train_loss_error");
  if (const Setting* scores = event.find("validation")) report.validation = scores_from(*scores);
  report.lr = number(event, "lr");
  report.seconds = number(event, "seconds");
  report.samples_per_second = number(event, "samples_per_second");
  if (const Setting* best = event.find("best")) report.best = best->data == Setting(true).data;
  return report;
}

}  // namespace goodfit
