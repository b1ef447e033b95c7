#include "goodfit/study/shift/inputs.hpp"

#include <fmt/core.h>

#include <cmath>

#include "goodfit/base/random.hpp"
#include "goodfit/parts/datasets/table.hpp"
#include "goodfit/parts/datasets/text.hpp"

namespace goodfit {

Inputs::Inputs(const Recipe& recipe, const Shape& shape, const std::vector<std::string>& names)
    : width_(shape.count()) {
  constexpr Size most_columns = 512, most_channels = 64;
  if (!recipe.data || recipe.data->as<Text>()) return;
  const auto name = [&](Size i) {
    return std::size_t(i) < names.size() ? names[std::size_t(i)] : fmt::format("{}", i);
  };
  if (const Table* table = recipe.data->as<Table>()) {
    features_ = summarized_features(table->columns);
  } else if (shape.rank() < 2 && width_ <= most_columns) {
    for (Size i = 0; i < width_; ++i) features_.push_back({name(i), i});
  } else {
    channels_ = shape.rank() < 2 || shape.back() > most_channels ? 1 : shape.back();
    for (Size i = 0; i < channels_; ++i)
      for (const char* what : {"mean", "contrast"})
        features_.push_back(
            {channels_ == 1 ? what : fmt::format("{} of channel {}", what, name(i))});
  }
  for (std::size_t i = 0; i < features_.size(); ++i) {
    if (channels_ == 0) from_.push_back(features_[i].at);
    features_[i].at = Size(i);
  }
}

void Inputs::leave_out(const std::string& name) {
  for (std::size_t i = 0; i < from_.size(); ++i) {
    if (features_[i].name != name) continue;
    features_.erase(features_.begin() + Size(i)), from_.erase(from_.begin() + Size(i));
    for (std::size_t j = i; j < features_.size(); ++j) features_[j].at = Size(j);
    return;
  }
}

void Inputs::add_channels(const float* sample, std::vector<float>& to) const {
  const double count = double(width_ / channels_);
  for (Size c = 0; c < channels_; ++c) {
    double sum = 0, squares = 0;
    for (Size i = c; i < width_; i += channels_) {
      const double x = double(sample[i]) - double(sample[c]);  // keeps the digits of squares
      sum += x, squares += x * x;
    }
    const double mean = sum / count;
    to.push_back(float(double(sample[c]) + mean));
    to.push_back(float(std::sqrt(std::max(0.0, squares / count - mean * mean))));
  }
}

Samples Inputs::rows(const Portion& portion) const {
  Samples some{.shape = {Size(features_.size())}, .target_width = 0};
  portion.each([&](ConstSpan sample) {
    if (channels_ > 0) add_channels(sample.data(), some.features);
    for (const Size at : from_) some.features.push_back(sample[std::size_t(at)]);
  });
  return some;
}

std::vector<Size> drawn_rows(const std::vector<Size>& rows, Size most) {
  const Size all = Size(rows.size());
  if (all <= most) return rows;
  Random random(0, stream_of("drawn rows"));
  std::vector<Size> some;
  for (Size i = 0; i < most; ++i) {
    const Size begin = i * all / most, end = (i + 1) * all / most;
    some.push_back(rows[std::size_t(begin + random.below(end - begin))]);
  }
  return some;
}

}  // namespace goodfit
