// Image rows: samples that are images, for the transforms that move their pixels.
#pragma once
#include "goodfit/parts/transforms/transform.hpp"

namespace goodfit {

struct ImageSize {
  Size height, width, channels;
  Size line() const { return width * channels; }  // numbers of a row of pixels
};

// Throws Error, which begins with `what`, unless samples are [height, width, channels].
inline ImageSize image_size(const Batch& batch, std::string_view what) {
  if (batch.sample.rank() != 3)
    fail("transforms: {} takes images [height, width, channels], not samples of shape {}", what,
         batch.sample.text());
  return {batch.sample[0], batch.sample[1], batch.sample[2]};
}

// A rectangle of pixels, cut to the image.
struct Patch {
  Size top, left, bottom, right;  // the last two behind the last pixel
  Size area() const { return (bottom - top) * (right - left); }
};
inline Patch patch_around(Size y, Size x, Size height, Size width, const ImageSize& image) {
  const Size top = y - height / 2, left = x - width / 2;
  return {std::max<Size>(0, top), std::max<Size>(0, left), std::min(image.height, top + height),
          std::min(image.width, left + width)};
}

}  // namespace goodfit
