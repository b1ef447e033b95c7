// TensorBoard: what a run records, as the bytes of an event file that TensorBoard and its kin read.
//
//   epoch   scalars      loss/training, loss/validation, METRIC/validation, lr, samples_per_second
//   probe   histograms   weights/LAYER, outputs/LAYER, gradients/LAYER; scalars update/LAYER
//   end     scalars      loss/test, METRIC/test, at the best epoch
//   recipe  hparams      settings that differ from their defaults
//
//   record = length [8 bytes] · m(length) [4] · bytes · m(bytes) [4]
//   m(x) = (c ≫ 15 | c ≪ 17) + 0xA282EAD8,  c = crc32c(x)
//
// A function of the record's events, so that a resume makes the file anew from those that it keeps.
// The step is the epoch. Source: TensorFlow, event.proto, summary.proto, tensor.proto and
// record_writer.cc; TensorBoard, plugins/hparams/plugin_data.proto.
#pragma once
#include <string>

#include "goodfit/base/setting.hpp"
#include "goodfit/base/size.hpp"
#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {

class TensorBoard {
 public:
  static constexpr const char* file_name = "events.out.tfevents.0.goodfit";

  explicit TensorBoard(Setting recipe) : recipe_(std::move(recipe)) {}

  std::string begin() const;                // of a file
  std::string event(const Setting& event);  // "" for one that says nothing to TensorBoard
  std::string picture(const std::string& name, Size epoch, const Picture& picture) const;

 private:
  double now() const { return began_ + seconds_; }
  Setting recipe_;
  double began_ = 0, seconds_ = 0;  // by the events so far, since 1970 and since the beginning
};

// Every setting of a tree by its path: "optimizer.type", "model[1].out".
std::vector<std::pair<std::string, Setting>> flattened(const Setting& tree);

}  // namespace goodfit
