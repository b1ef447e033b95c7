// ShiftWatch: looks at the samples of a run before it trains, and at those it predicts for later.
//
//   ShiftWatch watch;
//   const Run run = train(recipe, {.folder = "runs/houses", .callbacks = {&watch}});
//   if (watch.found && watch.found->differs()) …
//
// At training: validation beside training samples; or the test samples, where the data bring those
// alone and the others are drawn at random. What the training samples look like, and what was
// found, goes into data.json of the run's folder. Nothing in the training is changed by it.
#pragma once
#include <functional>

#include "goodfit/study/shift/seen.hpp"

namespace goodfit {

struct SplitShift {
  // Rows that are drawn at random differ by chance alone, so that what nobody asked for is said
  // only where it is rarer than elsewhere.
  static constexpr double level = 0.01;

  std::string part = "";  // "validation" or "test"
  std::string by = "";    // "time", "group", "own" or "chance"
  Shift shift = {};

  bool differs() const { return shift.p() < level && shift.matters(level); }
  std::string text() const;  // a line: which columns, how much, and what to do
};
Setting to_setting(const SplitShift& split);

class ShiftWatch : public Callback {
 public:
  using Tell = std::function<void(const SplitShift&)>;
  explicit ShiftWatch(Tell tell = {}) : tell_(std::move(tell)) {}

  void on_data(const DataReport& report) override;

  std::optional<SplitShift> found = {};  // nothing where there is nothing to compare

 private:
  Tell tell_;
};

// What data.json holds of a run; nothing where there is none.
Setting read_watched(const std::filesystem::path& run);

// New samples beside those that the run was trained on. Nothing where it did not keep what they
// looked like, or cannot compare them.
std::optional<Shift> shift_since_training(const Run& run, const Data& data);

}  // namespace goodfit
