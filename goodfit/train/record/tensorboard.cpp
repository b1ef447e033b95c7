#include "goodfit/train/record/tensorboard.hpp"

#include <fmt/format.h>

#include <cmath>
#include <ctime>

#include "goodfit/base/crc32c.hpp"
#include "goodfit/train/record/protobuf.hpp"
#include "goodfit/train/record/reports.hpp"

namespace goodfit {
namespace {

std::string masked(std::string_view bytes) {
  const std::uint32_t sum = crc32c(bytes), turned = (sum >> 15 | sum << 17) + 0xA282EAD8u;
  std::string text;
  for (int i = 0; i < 4; ++i) text += char(turned >> (8 * i) & 255);
  return text;
}

std::string record_of(const Message& event) {
  std::string length;
  for (int i = 0; i < 8; ++i) length += char(std::uint64_t(event.bytes().size()) >> (8 * i) & 255);
  return length + masked(length) + event.bytes() + masked(event.bytes());
}

// Values of one moment: Summary.
class BoardValues {
 public:
  void scalar(const std::string& tag, double value) {
    if (!std::isnan(value)) add(Message().text(1, tag).real32(2, float(value)));
  }
  void histogram(const std::string& tag, const Summary& of) {
    if (!std::isfinite(of.low) || !std::isfinite(of.high)) return;
    double count = 0;
    std::vector<double> limits, counts;
    const double width = (of.high - of.low) / double(of.counts.size());
    for (std::size_t i = 0; i < of.counts.size(); ++i) {
      count += double(of.counts[i]);
      limits.push_back(of.low + width * double(i + 1));
      counts.push_back(double(of.counts[i]));
    }
    if (!(width > 0)) limits = {of.low + 1e-6}, counts = {count};  // all are equal
    Message histo;
    histo.real(1, of.low).real(2, of.high).real(3, count).real(4, of.mean * count);
    histo.real(5, of.square() * count).reals(6, limits).reals(7, counts);
    add(Message().text(1, tag).message(5, histo));
  }
  void image(const std::string& tag, const Picture& picture) {
    Message image;
    image.whole(1, picture.height).whole(2, picture.width).whole(3, picture.channels);
    add(Message().text(1, tag).message(4, image.text(4, png(picture))));
  }
  void hparams(const std::string& tag, const Message& content) {
    Message data, zero;
    data.text(1, "hparams").message(2, content);
    zero.whole(1, 1).message(2, {}).real32(5, 0);  // a tensor must be there: a single float
    add(Message().text(1, tag).message(8, zero).message(9, Message().message(1, data)));
  }

  std::string at(Size step, double time) const {
    if (summary_.bytes().empty()) return "";
    return record_of(Message().real(1, time).whole(2, step).message(5, summary_));
  }

 private:
  void add(const Message& value) { summary_.message(1, value); }
  Message summary_;
};

std::string text_in(const Setting& event, std::string_view key) {
  const Setting* found = event.find(key);
  return found && found->text() ? *found->text() : "";
}

double seconds_of(const std::string& utc) {
  std::tm parts{};
  return strptime(utc.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) ? double(timegm(&parts)) : 0;
}

// google.protobuf.Value
Message value_of(const Setting& setting) {
  if (const auto* truth = std::get_if<bool>(&setting.data)) return Message().whole(4, *truth);
  if (const auto* whole = std::get_if<std::int64_t>(&setting.data))
    return Message().real(2, double(*whole));
  if (const auto* number = std::get_if<double>(&setting.data)) return Message().real(2, *number);
  return Message().text(3, setting.text() ? *setting.text() : setting.shown());
}

Message session_start(const Setting& recipe, double began) {
  Message session;
  for (const auto& [path, setting] : flattened(recipe))
    session.message(1, Message().text(1, path).message(2, value_of(setting)));
  return Message().message(3, session.real(5, began));
}
Message session_end(double ended) {
  constexpr int success = 1;
  return Message().message(4, Message().whole(1, success).real(2, ended));
}

void flatten(const std::string& path, const Setting& tree,
             std::vector<std::pair<std::string, Setting>>& all) {
  if (const Setting::Table* table = tree.table()) {
    for (const auto& [key, value] : *table)
      flatten(path.empty() ? key : path + "." + key, value, all);
  } else if (const Setting::List* list = tree.list()) {
    for (std::size_t i = 0; i < list->size(); ++i)
      flatten(fmt::format("{}[{}]", path, i), (*list)[i], all);
  } else if (!tree.is_nothing()) {
    all.emplace_back(path, tree);
  }
}

}  // namespace

std::vector<std::pair<std::string, Setting>> flattened(const Setting& tree) {
  std::vector<std::pair<std::string, Setting>> all;
  flatten("", tree, all);
  return all;
}

std::string TensorBoard::begin() const {
  return record_of(Message().real(1, began_).text(3, "brain.Event:2"));
}

std::string TensorBoard::event(const Setting& event) {
  const std::string name = text_in(event, "event");
  BoardValues values;
  Size step = 0;
  if (name == "begin") {
    began_ = seconds_of(text_in(event, "time"));
    values.hparams("_hparams_/session_start_info", session_start(recipe_, began_));
  } else if (name == "epoch") {
    const EpochReport report = epoch_from(event);
    step = report.epoch;
    seconds_ = report.seconds;
    values.scalar("loss/training", report.train_loss);
    for (const auto& [score, value] : report.validation)
      values.scalar(score + "/validation", value);
    values.scalar("lr", report.lr);
    values.scalar("samples_per_second", report.samples_per_second);
  } else if (name == "probe") {
    const ProbeReport report = probe_from(event);
    step = report.epoch;
    for (const LayerProbe& layer : report.layers) {
      const std::string whose = "/" + layer.scope + "_" + layer.key;
      if (layer.weights) values.histogram("weights" + whose, *layer.weights);
      values.histogram("outputs" + whose, layer.outputs);
      values.histogram("gradients" + whose, layer.gradients);
      if (layer.update) values.scalar("update" + whose, *layer.update);
    }
  } else if (name == "end") {
    step = Size(event_number(event, "best_epoch"));
    if (const Setting* test = event.find("test"))
      for (const auto& [score, value] : scores_from(*test)) values.scalar(score + "/test", value);
    values.hparams("_hparams_/session_end_info", session_end(now()));
  }
  return values.at(step, now());
}

std::string TensorBoard::picture(const std::string& name, Size epoch,
                                 const Picture& picture) const {
  BoardValues values;
  values.image(name, picture);
  return values.at(epoch, now());
}

}  // namespace goodfit
