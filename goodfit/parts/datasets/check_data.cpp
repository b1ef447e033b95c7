#include "goodfit/parts/datasets/check_data.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "goodfit/base/machine.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/read_ahead.hpp"

namespace goodfit {
namespace {

void check_sizes(const Samples& samples, const std::string& name) {
  Size row = 1;
  for (const Size extent : samples.shape)
    if (extent < 1 || __builtin_mul_overflow(row, extent, &row))
      fail("{}: the shape {} of a sample is not allowed: every extent must be at least 1", name,
           samples.shape.text());
  if (samples.target_width < 0)
    fail("{}: target_width = {} is not allowed: must be at least 0", name, samples.target_width);
  const Size numbers =
      samples.reader ? samples.reader->count() * row : Size(samples.features.size());
  if (numbers == 0) fail("{}: holds no samples", name);
  if (numbers % row != 0)
    fail("{}: {} feature values do not divide into samples of shape {}", name, numbers,
         samples.shape.text());
  const Size rows = numbers / row, targets = Size(samples.targets.size());
  const Size width = targets == 0 ? 0 : samples.target_width;
  if (targets != 0 && (width == 0 || targets % width != 0 || targets / width != rows))
    fail("{}: {} samples need {} target values of width {}, found {}", name, rows, rows * width,
         width, targets);
}

// Without a branch for each, so that a compiler makes vectors of them: sets are large.
bool all_finite(const std::vector<float>& values) {
  constexpr float largest = std::numeric_limits<float>::max();
  int bad = 0;
  for (const float value : values) bad |= std::abs(value) <= largest ? 0 : 1;
  return bad == 0;
}

void check_finite(const Samples& samples, bool may_miss, const std::string& name, bool whole) {
  const auto check = [&](const std::vector<float>& values, Size width, std::string_view what,
                         bool nan = false) {
    if (all_finite(values)) return;
    const auto bad = std::find_if_not(values.begin(), values.end(), [nan](float value) {
      return std::isfinite(value) || (nan && std::isnan(value));
    });
    if (bad == values.end()) return;
    const Size at = bad - values.begin();
    fail("{}: {} {} of sample {} is {}; only finite numbers are allowed", name, what, at % width,
         at / width, number_text(*bad));
  };
  if (!whole) check(samples.features, samples.shape.count(), "feature", may_miss);
  check(samples.targets, std::max<Size>(1, samples.target_width), "target");
}

// Checks that targets are indices below `classes`, or below the largest sensible number when 0;
// returns how many classes that makes.
Size check_labels(const Samples& samples, Size classes, const std::string& name) {
  Size count = 0;
  const Size limit = classes > 0 ? classes : most_labels;
  for (std::size_t i = 0; i < samples.targets.size(); ++i) {
    const float label = samples.targets[i];
    if (!(label >= 0) || label >= float(limit) || label != std::floor(label))
      fail("{}: the label {} of sample {} is not allowed: classes are whole numbers from 0 to {}",
           name, number_text(label), Size(i) / samples.target_width, limit - 1);
    count = std::max(count, Size(label) + 1);
  }
  return count;
}

bool one_value(const std::vector<float>& targets) {
  return std::all_of(targets.begin(), targets.end(), [&](float t) { return t == targets[0]; });
}

}  // namespace

void check_width(Size found, const Wanted& wanted, const std::string& name) {
  if (wanted.width != 0 && found != wanted.width)
    fail("{}: has {} features, the model takes {}; use data with the features it was trained on",
         name, found, wanted.width);
}

void check_memory(Size count, const Shape& shape, const std::string& name,
                  std::string_view advice) {
  const double needed = double(count) * double(shape.count()) * sizeof(float);
  const double there = machine_memory();
  constexpr double giga = 1 << 30;
  if (there > 0 && needed > there)
    fail("{}: {} samples of shape {} take {} GB of memory, this machine has {}; {}", name, count,
         shape.text(), rounded_text(needed / giga), rounded_text(there / giga), advice);
}

void check_data(Data& data, const Wanted& wanted, const std::string& name, bool whole) {
  std::vector<std::pair<const Samples*, std::string>> sets{{&data.train, name}};
  if (data.validation) sets.emplace_back(&*data.validation, name + " (validation)");
  if (data.test) sets.emplace_back(&*data.test, name + " (test)");
  for (const auto& [samples, called] : sets) {
    check_sizes(*samples, called);
    check_finite(*samples, wanted.missing, called, whole);
    check_width(samples->shape.count(), wanted, called);
    if (samples->targets.empty() && wanted.target != Wanted::Target::none)
      fail("{}: has no targets, which training and evaluation need", called);
    if (samples->shape != data.train.shape)
      fail("{}: samples have shape {}, those for training {}", called, samples->shape.text(),
           data.train.shape.text());
  }
  if (!wanted.classes.empty()) data.classes = wanted.classes;
  if (wanted.target != Wanted::Target::classes && data.classes.empty()) return;
  Size found = 0;
  for (const auto& [samples, called] : sets)
    found = std::max(found, check_labels(*samples, Size(data.classes.size()), called));
  if (wanted.target != Wanted::Target::classes) return;
  for (Size label = Size(data.classes.size()); label < found; ++label)
    data.classes.push_back(fmt::format("{}", label));
  if (wanted.classes.empty() && one_value(data.train.targets))
    fail("{}: all samples are of the one class {}; a classifier needs at least two", name,
         in_quotes(data.classes[std::size_t(data.train.targets[0])]));
}

}  // namespace goodfit
