#include "goodfit/compute/kernels/convolution/convolution_part.hpp"

#include "goodfit/compute/kernels/convolution/convolution_testing.hpp"
#include "goodfit/compute/kernels/convolution/winograd_reference.hpp"

namespace goodfit::kernels {
namespace {

// Backwards and one by one, as threads might take them.
void gradient(const Convolution& g, const float* x, const float* dy, Size samples, float* dw) {
  for (Size part = convolution_parts(g); part-- > 0;)
    convolution_part_gradients(g, x, dy, samples, part, part + 1, dw);
}
template <class T>
void gradient(const Convolution& g, const T* x, const T* dy, Size samples, T* dw) {
  if (g.winograd()) return reference::winograd_weight_gradient(g, x, dy, 1, samples, dw);
  std::vector<T> slot(std::size_t(g.weight_floats()));
  reference::convolution_weight_gradient(g, x, dy, samples, slot.data());
  reference::merge_convolution_gradients(g, 1, slot.data(), dw, 0, g.channels);
}

void check(const Convolution& g, Size samples) {
  SCOPED_TRACE(text(g));
  const Numbers x = some_numbers(samples * g.input_floats(), 1);
  const Numbers dy = some_numbers(samples * g.output_floats(), 2);
  const Numbers dw(std::size_t(g.weight_floats()), not_a_number);
  expect_like_reference({x, dy}, {dw}, [&](const auto& in, const auto& out) {
    gradient(g, in[0], in[1], samples, out[0]);
  });
}

}  // namespace

TEST(ConvolutionPart, IsRightForAnyTapsStridesChannelsAndUnits) {
  check({axis(3, 3, 1, 1, 1), axis(2, 3, 1, 1, 1), 130, 70, 1}, 2);  // not Winograd's
  check({axis(5, 5, 1, 1, 2), axis(2, 5, 1, 1, 2), 70, 90, 1}, 3);
  check({axis(4, 7, 2, 1, 3), axis(3, 3, 2, 1, 1), 64, 256, 1}, 2);
  check({axis(3, 1, 2), axis(3, 1, 2), 130, 520, 1}, 2);
  check({axis(6, 2, 1, 3, 1), axis(3, 1), 65, 257, 1}, 2);
  check({axis(3, 11, 1, 1, 5), axis(4, 11, 1, 1, 5), 64, 33, 1}, 1);
}

TEST(ConvolutionPart, IsRightWhereWinogradsConvolutionIs) {
  check({axis(4, 3, 1, 1, 1), axis(8, 3, 1, 1, 1), 130, 70, 1}, 2);
  check({axis(4, 3, 1, 1, 1), axis(4, 3, 1, 1, 1), 64, 128, 1}, 40);  // more tiles than fit at once
}

TEST(ConvolutionPart, OfOneTapIsAProductOfMatrices) {
  check({axis(2, 1), axis(3, 1), 70, 100, 1}, 3);
}

TEST(ConvolutionPart, IsRightForEveryNumberOfSamples) {
  for (const Size samples : {0, 1, 2, 60}) {  // more than are taken at once
    check({axis(9, 3, 2, 1, 1), axis(5, 3, 2, 1, 1), 64, 64, 1}, samples);
    check({axis(4, 3, 1, 1, 1), axis(4, 3, 1, 1, 1), 64, 64, 1}, samples);
    check({axis(2, 1), axis(3, 1), 64, 64, 1}, samples);
  }
}

TEST(ConvolutionPart, PartsCoverTheWeightOnce) {
  for (const Size taps : {1, 3, 5, 7, 11, 40})
    for (const Size channels : {64, 65, 130, 512})
      for (const Size units : {64, 100, 513}) {
        const Convolution g{axis(3, taps, 1, 1, 20), axis(3, taps, 1, 1, 20), channels, units, 1};
        std::vector<int> times(std::size_t(channels * units));
        for (Size index = 0; index < convolution_parts(g); ++index) {
          const ConvolutionPart part = convolution_part(g, index);
          for (Size c = part.channel; c < part.channel + part.channels; ++c)
            for (Size u = part.unit; u < part.unit + part.units; ++u)
              ++times.at(std::size_t(c * units + u));
        }
        EXPECT_EQ(std::count(times.begin(), times.end(), 1), std::ptrdiff_t(times.size()))
            << text(g);
      }
}

TEST(ConvolutionPart, PaysWhereTheWeightIsLargerThanWhatItMeets) {
  const auto square = [](Size side, Size channels) {
    return Convolution{axis(side, 3, 1, 1, 1), axis(side, 3, 1, 1, 1), channels, channels, 1};
  };
  EXPECT_TRUE(convolution_parts_pay(square(8, 512), 32));
  EXPECT_FALSE(convolution_parts_pay(square(16, 512), 32));
  EXPECT_TRUE(convolution_parts_pay(square(16, 512), 8));
  EXPECT_FALSE(convolution_parts_pay(square(4, 128), 1)) << "a cache holds it";
  Convolution other = square(4, 512);
  EXPECT_TRUE(convolution_parts_pay(other, 1));
  other.groups = 2;
  EXPECT_FALSE(convolution_parts_pay(other, 1));
  other = square(4, 512);
  other.units = 10000, other.channels = 63;
  EXPECT_FALSE(convolution_parts_pay(other, 1));
}

}  // namespace goodfit::kernels
