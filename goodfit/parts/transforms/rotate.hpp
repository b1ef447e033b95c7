// Rotate: turns an image about its middle by a random angle.
//
//   x'[y, x] = x[m + R(θ) ((y, x) − m)]      m: the middle;  θ uniform on −A … A degrees
//
// Between pixels it is bilinear; outside the image there is 0. For pictures that nobody holds
// straight: 10 to 15 degrees for digits and things, 180 where there is no up, as from above.
// Source: Simard, Steinkraus & Platt 2003, "Best Practices for Convolutional Neural Networks
// Applied to Visual Document Analysis", section 2; the sampling is that of torchvision's rotate.
#pragma once
#include <cmath>
#include <numbers>

#include "goodfit/parts/transforms/image_rows.hpp"

namespace goodfit {

struct Rotate {
  double degrees = 15;

  static constexpr Card card{"rotate", "Turns images by a few degrees, zeros come in."};
  static constexpr auto fields() {
    return Fields{field("degrees", &Rotate::degrees, within(0, 180), "A: largest angle")};
  }

  void apply(const Batch& batch, Random& random) const {
    const ImageSize image = image_size(batch, card.key);
    for (Size i = 0; i < batch.rows; ++i) {
      const Span row = batch.row(i);
      batch.scratch->assign(row.begin(), row.end());
      turn(*batch.scratch, image, degrees * (2 * random.uniform() - 1), row);
    }
  }

  // Counterclockwise.
  static void turn(ConstSpan from, const ImageSize& image, double degrees, Span to) {
    const double angle = degrees * std::numbers::pi / 180;
    const double cosine = std::cos(angle), sine = std::sin(angle);
    const double middle_y = double(image.height - 1) / 2, middle_x = double(image.width - 1) / 2;
    float* pixel = to.data();
    for (Size v = 0; v < image.height; ++v)
      for (Size u = 0; u < image.width; ++u, pixel += image.channels) {
        const double down = double(v) - middle_y, right = double(u) - middle_x;
        sample(from, image, middle_y + cosine * down + sine * right,
               middle_x - sine * down + cosine * right, pixel);
      }
  }

 private:
  static void sample(ConstSpan from, const ImageSize& image, double y, double x, float* pixel) {
    const Size top = Size(std::floor(y)), left = Size(std::floor(x));
    const double below = y - double(top), beside = x - double(left);
    std::fill_n(pixel, image.channels, 0.0f);
    for (const Size v : {top, top + 1})
      for (const Size u : {left, left + 1}) {
        if (v < 0 || v >= image.height || u < 0 || u >= image.width) continue;
        const auto share =
            float((v == top ? 1 - below : below) * (u == left ? 1 - beside : beside));
        const float* near = from.data() + v * image.line() + u * image.channels;
        for (Size c = 0; c < image.channels; ++c) pixel[c] += share * near[c];
      }
  }
};

}  // namespace goodfit
