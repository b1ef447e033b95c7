// Winograd tile: where tiles of images lie, and their values at all points; compiled once per
// target, included by kernel sources alone.
#if defined(GOODFIT_WINOGRAD_TILE_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef GOODFIT_WINOGRAD_TILE_INL
#undef GOODFIT_WINOGRAD_TILE_INL
#else
#define GOODFIT_WINOGRAD_TILE_INL
#endif

#include <algorithm>

#include "goodfit/compute/kernels/convolution/winograd.hpp"
#include "goodfit/compute/kernels/convolution/winograd_transform_inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace goodfit::kernels::HWY_NAMESPACE {
namespace {

// The values of some tiles at all points: [points, tiles, channels], rows in whole vectors. A line
// more between points, or all of a tile's might share a set of the first-level cache.
struct Points {
  static constexpr Size line = 16, most_tiles = 48;  // more are no faster
  static constexpr Size near_values = 65536;         // a second-level cache of 512 KiB holds them
  Size row, stride;
  Points(Size channels, Size tiles) : row(in_vectors(channels)), stride(tiles * row + line) {}
  static constexpr Size in_vectors(Size channels) { return (channels + lanes - 1) / lanes * lanes; }
  static constexpr Size floats(Size values) { return values + points * line; }
  static Size tiles(Size channels, Size values = near_values) {
    return HWY_MIN(most_tiles, values / (points * in_vectors(channels)));
  }
};

// visit(i, sample, row, column) for `count` tiles from number `first` on, sample after sample.
template <class Visit>
HWY_INLINE void each_tile(const Convolution& g, Size first, Size count, const Visit& visit) {
  const Size across = g.width.winograd_tiles(), tiles = g.height.winograd_tiles() * across;
  for (Size i = 0; i < count; ++i) {
    const Size sample = (first + i) / tiles, tile = (first + i) % tiles;
    visit(i, sample, tile / across * outputs_along, tile % across * outputs_along);
  }
}

// Channels side by side of images [height, width, of which `pixel` channels].
struct Images {
  const float* first;
  Size height, width, pixel, channels;
  Size floats() const { return height * width * pixel; }  // of an image
};

// Transforms a tile of an image, which may reach over its edges.
template <class Transform>
HWY_NOINLINE void turn_tile(const Images& from, Size image, Size row, Size column, float* to,
                            Size stride) {
  constexpr Size side = Transform::from;
  const Size pixel = from.pixel;
  HWY_ALIGN float zeros[side * Convolution::winograd_most_channels];
  const float* rows[side];
  if (row < 0 || row + side > from.height) std::fill_n(zeros, side * pixel, 0.0f);
  const float* const first = from.first + image * from.floats();
  for (Size i = 0; i < side; ++i)
    rows[i] = row + i >= 0 && row + i < from.height
                  ? first + ((row + i) * from.width + column) * pixel
                  : zeros;
  const Size begin = HWY_MAX(-column, Size{0}), end = HWY_MIN(side, from.width - column);
  each_vector(from.channels, [&](const auto& at, Size c) HWY_ATTR {
    V half[Transform::to * side];
    const auto outside = [&](Size j) HWY_ATTR {
      for (Size i = 0; i < Transform::to; ++i) half[i * side + j] = zero();
    };
    for (Size j = 0; j < begin; ++j) outside(j);
    for (Size j = end; j < side; ++j) outside(j);
    transform_columns<Transform>(
        begin, end,
        [&](Size i, Size j) HWY_ATTR {
          const float* const here = rows[i] + j * pixel + c;
          fetch<Next::is_read>(here + side * pixel);  // the tile to the right is next
          return at.load(here);
        },
        half);
    transform_rows<Transform>(half, [&](Size i, Size j, V v) HWY_ATTR {
      hn::StoreU(v, floats, to + (i * points_along + j) * stride + c);
    });
  });
}

HWY_INLINE void turn_input(const Convolution& g, const Images& x, Size first, Size count,
                           const Points& at, float* to) {
  each_tile(g, first, count, [&](Size i, Size sample, Size row, Size column) {
    turn_tile<InputTransform>(x, sample, row - g.height.pad, column - g.width.pad, to + i * at.row,
                              at.stride);
  });
}

}  // namespace
}  // namespace goodfit::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
