// Tiles: weights as small pictures, one for each unit; study/features says what they show.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/train/record/signature.hpp"

namespace goodfit {

struct Tiles {
  Size height = 0, width = 0, channels = 1;
  std::vector<float> weights = {};  // [tiles, height, width, channels]

  Size size() const { return height * width * channels; }
  Size count() const { return Size(weights.size()) / size(); }
};

// Height, width and channels of a sample, or nothing when it is no picture.
std::optional<Tiles> frame_of(const Shape& sample);

// As near to a square as can be, with a black line between tiles; small ones are enlarged.
Picture drawn(const Tiles& tiles);

// Of a weight on samples of a shape; nothing when it cannot be drawn.
std::optional<Tiles> tiles_of(const Stored& stored, ConstSpan w, const Shape& sample);

// Of the first weight that can be drawn, where samples are pictures.
struct NamedTiles {
  std::string name;
  Tiles tiles;
  Tiles first(Size most) const {
    Tiles some = tiles;
    some.weights.resize(std::size_t(std::min(some.count(), most) * some.size()));
    return some;
  }
};
std::optional<NamedTiles> first_tiles(const Store& weights, const Signature& signature);

}  // namespace goodfit
