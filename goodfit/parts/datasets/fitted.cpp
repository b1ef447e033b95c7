#include "goodfit/parts/datasets/fitted.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace goodfit {
namespace {

using Bytes = std::vector<unsigned char>;

constexpr int bits = 22;  // of a weight, behind the point; 8 more are a pixel's

struct Taps {
  Size first;  // of the old pixels that make a new one
  std::vector<std::int32_t> weights;

  Size end() const { return first + Size(weights.size()); }
};

// Of the new pixels begin … begin + count − 1 when `from` old ones become `to`.
std::vector<Taps> taps_of(Size from, Size to, Size begin, Size count) {
  const double scale = double(from) / double(to), radius = std::max(1.0, scale);
  std::vector<Taps> all;
  for (Size i = begin; i < begin + count; ++i) {
    const double center = (double(i) + 0.5) * scale;
    const Size first = std::max<Size>(0, Size(center - radius + 0.5));
    const Size end = std::min(from, Size(center + radius + 0.5));
    std::vector<double> shares;
    double sum = 0;
    for (Size j = first; j < end; ++j) {
      shares.push_back(std::max(0.0, 1 - std::abs((double(j) - center + 0.5) * (1 / radius))));
      sum += shares.back();
    }
    Taps& taps = all.emplace_back(Taps{first, {}});
    for (const double share : shares)
      taps.weights.push_back(std::int32_t(0.5 + share / sum * double(1 << bits)));
  }
  return all;
}

// [outer, extent, inner] → [outer, new extent, inner], `from` beginning at `offset` of the extent.
Bytes weighted(const Bytes& from, Size outer, Size extent, Size inner,
               const std::vector<Taps>& taps, Size offset = 0) {
  const Size made = Size(taps.size());
  Bytes to(std::size_t(outer * made * inner));
  std::vector<std::int32_t> sums(static_cast<std::size_t>(inner));
  for (Size o = 0; o < outer; ++o)
    for (Size i = 0; i < made; ++i) {
      const Taps& one = taps[std::size_t(i)];
      std::fill(sums.begin(), sums.end(), 1 << (bits - 1));
      const unsigned char* x = from.data() + (o * extent + one.first - offset) * inner;
      for (const std::int32_t weight : one.weights)
        for (std::int32_t& sum : sums) sum += weight * *x++;
      unsigned char* y = to.data() + (o * made + i) * inner;
      for (const std::int32_t sum : sums)
        *y++ = static_cast<unsigned char>(std::min(255, sum >> bits));
    }
  return to;
}

// The part of a picture, resized to `tall` × `wide`, that begins at top and left.
Picture resized(const Picture& picture, Size tall, Size wide, Size top, Size left, Size height,
                Size width) {
  const std::vector<Taps> down = taps_of(picture.height, tall, top, height);
  const std::vector<Taps> right = taps_of(picture.width, wide, left, width);
  const Size first = down.front().first, lines = down.back().end() - first;  // that are looked at
  const auto line = picture.pixels.begin() + first * picture.width * picture.channels;
  const Bytes seen(line, line + lines * picture.width * picture.channels);
  const Bytes narrow = weighted(seen, lines, picture.width, picture.channels, right);
  return {height, width, picture.channels,
          weighted(narrow, 1, lines, width * picture.channels, down, first)};
}

// Of what goes beyond, or lacks, half; a half itself goes to the even number, as in Python.
Size half(Size of) { return Size(std::nearbyint(double(of) / 2)); }

Picture cropped(const Picture& picture, Size height, Size width) {
  Size tall = height, wide = width;
  if (height * picture.width >= width * picture.height)
    wide = height * picture.width / picture.height;
  else
    tall = width * picture.height / picture.width;
  return resized(picture, tall, wide, half(tall - height), half(wide - width), height, width);
}

Picture padded(const Picture& picture, Size height, Size width) {
  const double h = double(picture.height), w = double(picture.width);
  Size tall = height, wide = width;
  if (picture.width * height > width * picture.height)
    tall = std::clamp<Size>(Size(std::nearbyint(h / w * double(width))), 1, height);
  else
    wide = std::clamp<Size>(Size(std::nearbyint(w / h * double(height))), 1, width);
  const Picture small = resized(picture, tall, wide, 0, 0, tall, wide);
  Picture made{height, width, picture.channels,
               Bytes(std::size_t(height * width * picture.channels))};
  const Size top = half(height - tall), left = half(width - wide), line = wide * picture.channels;
  for (Size y = 0; y < tall; ++y)
    std::copy_n(small.pixels.begin() + y * line, line,
                made.pixels.begin() + ((top + y) * width + left) * picture.channels);
  return made;
}

}  // namespace

Picture fitted(Picture picture, Size height, Size width, std::string_view fit) {
  if (picture.height == height && picture.width == width) return picture;
  if (fit == "crop") return cropped(picture, height, width);
  if (fit == "pad") return padded(picture, height, width);
  return resized(picture, height, width, 0, 0, height, width);
}

}  // namespace goodfit
