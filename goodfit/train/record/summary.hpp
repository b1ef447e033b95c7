// Summary: many numbers at a glance: mean, variance, share of zeros and a histogram.
#pragma once
#include <optional>
#include <vector>

#include "goodfit/base/setting.hpp"
#include "goodfit/base/size.hpp"

namespace goodfit {

// The bins divide mean ± 3 deviations; the outer ones hold what lies beyond.
struct Summary {
  static constexpr std::size_t bins = 24;
  double mean = 0, variance = 0;
  double zeros = 0;  // share of them
  double low = 0, high = 0;
  std::vector<Size> counts = {};

  double square() const { return variance + mean * mean; }
};
Summary summary_of(ConstSpan numbers);

// ‖now − before‖ / ‖before‖; nothing where all were zero before.
std::optional<double> change_of(ConstSpan before, ConstSpan now);

Setting to_setting(const Summary& summary);
Summary summary_from(const Setting& table);

}  // namespace goodfit
