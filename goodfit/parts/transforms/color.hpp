// Color: makes images brighter or darker, harder or softer, more or less colorful, of another hue.
//
//   brightness   x' = f x
//   contrast     x' = f x + (1 − f) mean(gray)
//   saturation   x' = f x + (1 − f) gray           gray = 0.2989 red + 0.587 green + 0.114 blue
//   hue          turned by a part of the circle of colors; the largest and the smallest of the
//   three
//                numbers stay, though in other channels
//
// one after the other, the first three cut to 0 … white; each f is uniform on 1 − s … 1 + s, s its
// setting, the part on −hue … hue. For photographs, as light and cameras differ; hue is 0 unless
// asked for, as colors tell what many things are. Images of other than three channels have no
// saturation and no hue, and their gray is themselves. Source: Krizhevsky, Sutskever & Hinton 2012,
// section 4.1, for the idea; Howard 2013, arXiv:1312.5402, section 2; the formulas are those of
// torchvision's ColorJitter, hue as in Smith 1978, "Color Gamut Transform Pairs".
#pragma once
#include <algorithm>
#include <cmath>

#include "goodfit/parts/transforms/image_rows.hpp"

namespace goodfit {

struct Color {
  double brightness = 0.2, contrast = 0.2, saturation = 0.2, hue = 0;
  double white = 255;

  static constexpr Card card{"color",
                             "Changes brightness, contrast, saturation and hue of images."};
  static constexpr auto fields() {
    return Fields{
        field("brightness", &Color::brightness, within(0, 1), "largest change of its factor 1"),
        field("contrast", &Color::contrast, within(0, 1), "largest change of its factor 1"),
        field("saturation", &Color::saturation, within(0, 1), "largest change of its factor 1"),
        field("hue", &Color::hue, within(0, 0.5), "largest part of the color circle to turn by"),
        field("white", &Color::white, above(0), "largest value of a pixel"),
    };
  }

  void apply(const Batch& batch, Random& random) const {
    const ImageSize image = image_size(batch, card.key);
    for (Size i = 0; i < batch.rows; ++i) {
      const auto factor = [&](double most) { return float(1 + most * (2 * random.uniform() - 1)); };
      brighten(batch.row(i), factor(brightness));
      sharpen(batch.row(i), image.channels, factor(contrast));
      saturate(batch.row(i), image.channels, factor(saturation));
      if (hue > 0) turn(batch.row(i), image.channels, float(hue * (2 * random.uniform() - 1)));
    }
  }

  void brighten(Span row, float factor) const {
    for (float& x : row) x = cut(factor * x);
  }
  void sharpen(Span row, Size channels, float factor) const {
    double sum = 0;
    each_pixel(row, channels, [&](float* pixel) { sum += double(gray_of(pixel, channels)); });
    const auto mean = float(sum / double(Size(row.size()) / gray_width(channels)));
    for (float& x : row) x = cut(factor * x + (1 - factor) * mean);
  }
  void saturate(Span row, Size channels, float factor) const {
    if (channels != 3) return;
    each_pixel(row, channels, [&](float* pixel) {
      const float gray = gray_of(pixel, channels);
      for (int c = 0; c < 3; ++c) pixel[c] = cut(factor * pixel[c] + (1 - factor) * gray);
    });
  }
  void turn(Span row, Size channels, float part) const {
    if (channels != 3) return;
    each_pixel(row, channels, [&](float* pixel) {
      const float r = pixel[0], g = pixel[1], b = pixel[2];
      const float most = std::max({r, g, b}), range = most - std::min({r, g, b});
      if (range <= 0) return;  // gray has no hue
      const float sixths = 6 * part + (r == most   ? (g - b) / range
                                       : g == most ? 2 + (b - r) / range
                                                   : 4 + (r - g) / range);
      for (int c = 0; c < 3; ++c) {
        float k = sixths + float(5 - 2 * c);
        k -= 6 * std::floor(k / 6);
        pixel[c] = most - range * std::clamp(std::min(k, 4 - k), 0.0f, 1.0f);
      }
    });
  }

 private:
  float cut(float x) const { return std::clamp(x, 0.0f, float(white)); }
  // Of how many numbers one gray is made.
  static Size gray_width(Size channels) { return channels == 3 ? 3 : 1; }
  static float gray_of(const float* pixel, Size channels) {
    return channels == 3 ? 0.2989f * pixel[0] + 0.587f * pixel[1] + 0.114f * pixel[2] : *pixel;
  }
  template <class Fn>
  static void each_pixel(Span row, Size channels, Fn fn) {
    const Size step = gray_width(channels);
    for (Size i = 0; i < Size(row.size()); i += step) fn(row.data() + i);
  }
};

}  // namespace goodfit
