// Callback: what a program or the command is told while a run trains, and how it may stop it.
#pragma once
#include <filesystem>

#include "goodfit/train/record/reports.hpp"

namespace goodfit {

struct Data;
struct LrRange;
struct Portions;
struct Recipe;

// What a run is made of. `folder` is empty when nothing is written.
struct DataReport {
  const Recipe& recipe;
  const Data& data;
  const Portions& portions;
  const std::filesystem::path& folder;
};

class Callback {
 public:
  virtual ~Callback() = default;
  virtual void on_begin(const BeginReport&) {}
  virtual void on_data(const DataReport&) {
  }  // after that; the samples are there while it is called
  // With lr = "auto": after each step of the search, and when it is over.
  virtual void on_lr_step(const LrStepReport&) {}
  virtual void on_lr_range(const LrRange&) {}
  virtual void on_step(const StepReport&) {}  // called in every step: be quick
  virtual void on_epoch(const EpochReport&) {}
  // Asked after every step; true ends the run as if it had been interrupted.
  virtual bool wants_stop() { return false; }
};

}  // namespace goodfit
