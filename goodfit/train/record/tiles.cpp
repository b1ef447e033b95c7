#include "goodfit/train/record/tiles.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "goodfit/compute/tensor/store.hpp"

namespace goodfit {
namespace {

constexpr Size smallest_side = 24;  // of a tile in a picture, in pixels

}  // namespace

std::optional<Tiles> frame_of(const Shape& sample) {
  const Size side = Size(std::lround(std::sqrt(double(sample.count()))));
  if (sample.rank() == 1 && side > 1 && side * side == sample.count()) return Tiles{side, side};
  if (sample.rank() == 2) return Tiles{sample[0], sample[1]};
  if (sample.rank() == 3 && (sample[2] == 1 || sample[2] == 3))
    return Tiles{sample[0], sample[1], sample[2]};
  return std::nullopt;
}

Picture drawn(const Tiles& tiles) {
  const Size count = tiles.count(), across = Size(std::ceil(std::sqrt(double(count))));
  const Size down = (count + across - 1) / across;
  const Size larger = std::max(tiles.height, tiles.width);
  const Size zoom = (smallest_side + larger - 1) / larger;
  const Size high = zoom * tiles.height + 1, wide = zoom * tiles.width + 1;  // with a line
  Picture picture{down * high - 1, across * wide - 1, tiles.channels};
  picture.pixels.resize(std::size_t(picture.height * picture.width * picture.channels));
  for (Size tile = 0; tile < count; ++tile) {
    const float* w = tiles.weights.data() + tile * tiles.size();
    float most = 0;
    for (Size i = 0; i < tiles.size(); ++i) most = std::max(most, std::abs(w[i]));
    for (Size y = 0; y < zoom * tiles.height; ++y)
      for (Size x = 0; x < zoom * tiles.width; ++x)
        for (Size channel = 0; channel < tiles.channels; ++channel) {
          const float weight = w[(y / zoom * tiles.width + x / zoom) * tiles.channels + channel];
          const Size row = tile / across * high + y, column = tile % across * wide + x;
          picture.pixels[std::size_t((row * picture.width + column) * picture.channels + channel)] =
              static_cast<unsigned char>(
                  std::lround(most > 0 ? 128 + 127 * double(weight) / double(most) : 128));
        }
  }
  return picture;
}

std::optional<Tiles> tiles_of(const Stored& stored, ConstSpan w, const Shape& sample) {
  const Shape& shape = stored.shape;
  const auto at = [&](Size i) { return w[std::size_t(i)]; };
  if (shape.rank() == 4 && (shape[1] == 1 || shape[1] == 3) && shape[2] * shape[3] > 1) {
    Tiles tiles{shape[2], shape[3], shape[1]};
    const Size pixels = shape[2] * shape[3];
    for (Size unit = 0; unit < shape[0]; ++unit)
      for (Size pixel = 0; pixel < pixels; ++pixel)  // channels come last in pictures
        for (Size channel = 0; channel < shape[1]; ++channel)
          tiles.weights.push_back(at((unit * shape[1] + channel) * pixels + pixel));
    return tiles;
  }
  std::optional<Tiles> tiles = frame_of(sample);
  if (!tiles || shape.rank() != 2) return std::nullopt;
  if (shape[1] == tiles->size()) {
    tiles->weights.assign(w.begin(), w.end());
    return tiles;
  }
  if (shape[0] != tiles->size()) return std::nullopt;
  for (Size unit = 0; unit < shape[1]; ++unit)
    for (Size pixel = 0; pixel < shape[0]; ++pixel)
      tiles->weights.push_back(at(pixel * shape[1] + unit));
  return tiles;
}

std::optional<NamedTiles> first_tiles(const Store& weights, const Signature& signature) {
  constexpr Size least = 64;  // fewer unnamed numbers are more likely a table
  const Shape& sample = signature.sample;
  if (sample.rank() == 1 && (sample.count() < least || !signature.features.empty()))
    return std::nullopt;
  for (const Stored& stored : weights.tensors())
    if (auto tiles = tiles_of(stored, weights.at(stored.name), sample))
      return NamedTiles{stored.name, *tiles};
  return std::nullopt;
}

}  // namespace goodfit
