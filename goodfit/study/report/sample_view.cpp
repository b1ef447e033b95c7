#include "goodfit/study/report/sample_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "goodfit/train/record/tiles.hpp"

namespace goodfit {
namespace {

constexpr Size smallest_side = 8;  // of numbers without axes

}  // namespace

bool are_pictures(const RunView::Known& known) {
  const Shape& shape = known.data.train.shape;
  const std::optional<Tiles> frame = frame_of(shape);
  return frame && (shape.rank() == 3 || (shape.rank() == 1 && known.data.features.empty() &&
                                         frame->height >= smallest_side));
}

std::vector<Picture> pictures_of(const Portion& portion, const std::vector<Size>& rows) {
  const std::optional<Tiles> frame = frame_of(portion.samples->shape);
  must(frame.has_value(), "the samples are pictures");
  Portion chosen{portion.samples, {}};
  for (const Size row : rows) chosen.rows.push_back(portion.rows[std::size_t(row)]);
  float low = INFINITY, high = -INFINITY;
  chosen.each([&](ConstSpan features) {
    for (const float x : features) low = std::min(low, x), high = std::max(high, x);
  });
  std::vector<Picture> pictures;
  chosen.each([&](ConstSpan features) {
    Picture picture{frame->height, frame->width, frame->channels};
    for (const float x : features)
      picture.pixels.push_back(static_cast<unsigned char>(
          high > low ? std::lround(255 * (double(x) - low) / (double(high) - low)) : 128));
    pictures.push_back(std::move(picture));
  });
  return pictures;
}

std::string unusual_features(const RunView::Known& known, const Portion& portion, Size row,
                             std::size_t most) {
  const Portion& train = known.portions.train;
  std::vector<float> x;
  const Portion one{portion.samples, {portion.rows[std::size_t(row)]}};
  one.each([&](ConstSpan features) { x.assign(features.begin(), features.end()); });
  struct Feature {
    std::size_t index;
    double deviations;
  };
  std::vector<double> mean(x.size()), squares(x.size());
  const double count = double(train.count());
  train.each([&](ConstSpan other) {
    for (std::size_t j = 0; j < x.size(); ++j)
      mean[j] += double(other[j]) / count,
          squares[j] += double(other[j]) * double(other[j]) / count;
  });
  std::vector<Feature> all;
  for (std::size_t j = 0; j < x.size(); ++j) {
    const double deviation = std::sqrt(std::max(0.0, squares[j] - mean[j] * mean[j]));
    all.push_back({j, deviation > 0 ? (double(x[j]) - mean[j]) / deviation : 0});
  }
  std::stable_sort(all.begin(), all.end(), [](const Feature& a, const Feature& b) {
    return std::abs(a.deviations) > std::abs(b.deviations);
  });
  std::string text;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    const std::size_t j = all[i].index;
    text +=
        fmt::format("{}{} = {} ({:+.1f} σ)", i == 0 ? "" : ", ",
                    j < known.data.features.size() ? known.data.features[j] : fmt::format("{}", j),
                    figure(double(x[j])), all[i].deviations);
  }
  return text;
}

}  // namespace goodfit
