// Splits: which samples are trained on, which choose the best epoch, which are only looked at in
// the end.
#pragma once
#include <functional>

#include "goodfit/base/threads.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

// Some samples of a set, by their rows; nothing is copied.
struct Portion {
  const Samples* samples = nullptr;
  std::vector<Size> rows;

  Size count() const { return Size(rows.size()); }
  // Copies features and targets of `wanted` rows of this portion, in that order; with threads, each
  // copies rows that it will most likely work on.
  void gather(std::span<const Size> wanted, Span features, Span targets,
              Threads* threads = nullptr) const;
  // Says what will be gathered next, `batch` rows at a time, to samples that read ahead.
  void expect(std::span<const Size> wanted, Size batch) const;
  // Shows the features of each row in turn.
  void each(const std::function<void(ConstSpan features)>& see) const;
  Samples copy() const;  // which read ahead when these do
};

struct Portions {
  Portion train, validation, test;
};

// Deterministic in the seed. `data` must outlive the portions. Throws Error when nothing is left to
// train on.
Portions split_data(const Data& data, const Split& split, bool classes, std::uint64_t seed);

// The order in which an epoch, counted from 0, takes the samples that are trained on.
std::vector<Size> order_of(const Recipe& recipe, const Portion& train, Size epoch);

// All rows of a set.
Portion whole(const Samples& samples);

// The samples of a run's own data: "train", "validation" or "test". Throws Error when it has none.
Samples split_of(const Run& run, std::string_view split);

// What a recipe's loss wants of the data.
Wanted wanted_by(const Recipe& recipe);

}  // namespace goodfit
