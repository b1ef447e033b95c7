#include "goodfit/train/record/reports.hpp"

#include <limits>

#include "goodfit/base/error.hpp"
#include "goodfit/base/fields.hpp"

namespace goodfit {
double event_number(const Setting& table, std::string_view key) {
  const Setting* found = table.find(key);
  if (!found) fail("{}: an event without \"{}\"", table.place(), key);
  if (const double* value = std::get_if<double>(&found->data)) return *value;
  if (const auto* whole = std::get_if<std::int64_t>(&found->data)) return double(*whole);
  return std::numeric_limits<double>::quiet_NaN();
}

Setting to_setting(const Scores& scores) {
  Setting table{Setting::Table{}};
  for (const auto& [name, value] : scores) table[name] = value;
  return table;
}

Scores scores_from(const Setting& table) {
  Scores scores;
  if (table.table())
    for (const auto& [name, value] : *table.table())
      scores.emplace_back(name, event_number(table, name));
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
  report.epoch = Size(event_number(event, "epoch"));
  report.epochs = Size(event_number(event, "epochs"));
  report.train_loss = event_number(event, "train_loss");
  report.train_loss_error = event_number(event, "train_loss_error");
  if (const Setting* scores = event.find("validation")) report.validation = scores_from(*scores);
  report.lr = event_number(event, "lr");
  report.seconds = event_number(event, "seconds");
  report.samples_per_second = event_number(event, "samples_per_second");
  if (const Setting* best = event.find("best")) report.best = best->data == Setting(true).data;
  return report;
}

Setting to_event(const ProbeReport& report) {
  Setting::List layers;
  for (const LayerProbe& layer : report.layers) {
    Setting one = Setting::Table{{"layer", layer.scope}, {"type", layer.key}};
    one["outputs"] = to_setting(layer.outputs);
    one["gradients"] = to_setting(layer.gradients);
    if (layer.weights) one["weights"] = to_setting(*layer.weights);
    if (layer.update) one["update"] = *layer.update;
    layers.push_back(std::move(one));
  }
  Setting event =
      Setting::Table{{"event", "probe"}, {"epoch", report.epoch}, {"samples", report.samples}};
  event["layers"] = std::move(layers);
  return event;
}

ProbeReport probe_from(const Setting& event) {
  ProbeReport report{Size(event_number(event, "epoch")), Size(event_number(event, "samples"))};
  const Setting* layers = event.find("layers");
  if (!layers || !layers->list()) fail("{}: a probe without layers", event.place());
  for (const Setting& one : *layers->list()) {
    const auto part = [&](const char* key) {
      const Setting* found = one.find(key);
      return found ? std::optional(summary_from(*found)) : std::nullopt;
    };
    LayerProbe& layer = report.layers.emplace_back();
    if (const Setting* scope = one.find("layer")) read_member(*scope, layer.scope);
    if (const Setting* type = one.find("type")) read_member(*type, layer.key);
    layer.outputs = part("outputs").value_or(Summary{});
    layer.gradients = part("gradients").value_or(Summary{});
    layer.weights = part("weights");
    if (one.find("update")) layer.update = event_number(one, "update");
  }
  return report;
}

}  // namespace goodfit
