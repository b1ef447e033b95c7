#include "goodfit/parts/datasets/fitted.hpp"

#include <algorithm>
#include <array>
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

constexpr std::int32_t half_a_pixel = 1 << (bits - 1);

unsigned char pixel(std::int32_t sum) {
  return static_cast<unsigned char>(std::min(255, sum >> bits));
}

// One line: [old width, channels] → [new width, channels].
template <int channels>
void along_line(const unsigned char* from, const std::vector<Taps>& taps, unsigned char* to) {
  for (const Taps& one : taps) {
    std::array<std::int32_t, channels> sums;
    sums.fill(half_a_pixel);
    const unsigned char* x = from + one.first * channels;
    for (const std::int32_t weight : one.weights)
      for (std::int32_t& sum : sums) sum += weight * *x++;
    for (const std::int32_t sum : sums) *to++ = pixel(sum);
  }
}

// Whole lines of `line` bytes, of which the first is `from`: the new ones one after the other.
void along_columns(const unsigned char* from, Size line, const std::vector<Taps>& taps,
                   unsigned char* to) {
  std::vector<std::int32_t> sums(static_cast<std::size_t>(line));
  for (const Taps& one : taps) {
    std::fill(sums.begin(), sums.end(), half_a_pixel);
    const unsigned char* x = from + (one.first - taps.front().first) * line;
    for (const std::int32_t weight : one.weights)
      for (std::int32_t& sum : sums) sum += weight * *x++;
    for (const std::int32_t sum : sums) *to++ = pixel(sum);
  }
}

// The part of a picture, resized to `tall` × `wide`, that begins at top and left.
Picture resized(const Picture& picture, Size tall, Size wide, Size top, Size left, Size height,
                Size width) {
  const std::vector<Taps> down = taps_of(picture.height, tall, top, height);
  const std::vector<Taps> right = taps_of(picture.width, wide, left, width);
  // Only the lines that are looked at.
  const Size first = down.front().first, lines = down.back().end() - first;
  const Size channels = picture.channels, line = width * channels;
  Bytes narrow(std::size_t(lines * line));
  for (Size y = 0; y < lines; ++y) {
    const unsigned char* from = picture.pixels.data() + (first + y) * picture.width * channels;
    (channels == 3 ? along_line<3> : along_line<1>)(from, right, narrow.data() + y * line);
  }
  Picture made{height, width, channels, Bytes(std::size_t(height * line))};
  along_columns(narrow.data(), line, down, made.pixels.data());
  return made;
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
