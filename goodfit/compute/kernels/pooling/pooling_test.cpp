#include "goodfit/compute/kernels/pooling/pooling.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/pooling/pooling_reference.hpp"

namespace goodfit::kernels {
namespace {

ConvolutionAxis axis(Size in, Size kernel, Size stride, Size pad = 0) {
  const Size out = (in + 2 * pad - kernel) / stride + 1;
  return {.in = in, .out = out, .kernel = kernel, .up = stride, .pad = pad};
}

// Whole numbers, so that windows have equal elements; some are not a number.
Numbers with_ties(Size n, bool with_nan) {
  Numbers numbers = some_numbers(n);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = with_nan && i % 17 == 3 ? not_a_number : std::floor(numbers[i] * 2);
  return numbers;
}

void check(const Pooling& g, Size samples) {
  const Numbers y(std::size_t(samples * g.output_floats())), dy = some_numbers(Size(y.size()), 5);
  const Numbers dx(std::size_t(samples * g.input_floats()), 3.0f);
  for (const bool with_nan : {false, true}) {
    const Numbers x = with_ties(samples * g.input_floats(), with_nan);
    expect_like_reference({x}, {y}, [&](const auto& in, const auto& out) {
      using namespace reference;
      max_pool(g, in[0], samples, out[0]);
    });
    expect_like_reference({x, dy}, {dx}, [&](const auto& in, const auto& out) {
      using namespace reference;
      max_pool_backward(g, in[0], in[1], samples, out[0]);
    });
  }
  expect_like_reference({some_numbers(Size(dx.size()))}, {y}, [&](const auto& in, const auto& out) {
    using namespace reference;
    avg_pool(g, in[0], samples, out[0]);
  });
  expect_like_reference({dy}, {dx}, [&](const auto& in, const auto& out) {
    using namespace reference;
    avg_pool_backward(g, in[0], samples, out[0]);
  });
}

}  // namespace

TEST(Pooling, IsRightForEveryNumberOfChannels) {
  for (Size c = 1; c <= 70; ++c) check({axis(4, 2, 2), axis(5, 2, 2), c}, 2);
}

TEST(Pooling, IsRightForAnyWindow) {
  for (const Size kernel : {1, 2, 3, 4})
    for (const Size stride : {1, 2, 3, 5})
      for (Size pad = 0; 2 * pad <= kernel; ++pad)
        for (const Size in : {4, 7})
          check({axis(in, kernel, stride, pad), axis(in + 1, 3, 2, 1), 3}, 2);
}

TEST(Pooling, TheMeanOfPositionsIsRightForAnySize) {
  for (const Size c : lengths())
    for (const Size positions : {1, 2, 49, 70}) {
      if (c > 1000) continue;
      const Numbers x = some_numbers(3 * positions * c), y(std::size_t(3 * c));
      expect_like_reference({x}, {y}, [&](const auto& in, const auto& out) {
        using namespace reference;
        mean_positions(in[0], Size{3}, positions, c, out[0]);
      });
      expect_like_reference({some_numbers(3 * c)}, {x}, [&](const auto& in, const auto& out) {
        using namespace reference;
        mean_positions_backward(in[0], Size{3}, positions, c, out[0]);
      });
    }
}

TEST(Pooling, OfTheFirstOfEqualElementsTakesTheSlope) {
  const Pooling g{axis(2, 2, 1), axis(3, 2, 1), 1};
  const Numbers x{1, 5, 5, 0, 5, 2}, dy{1, 10};
  Numbers dx(6);
  max_pool_backward(g, x.data(), dy.data(), 1, dx.data());
  EXPECT_EQ(dx, (Numbers{0, 11, 0, 0, 0, 0}));
}

TEST(Pooling, ANumberThatIsNoneIsTheLargest) {
  const Pooling g{axis(1, 1, 1), axis(3, 3, 1), 1};
  const Numbers x{1, not_a_number, 5};
  Numbers y(1);
  max_pool(g, x.data(), 1, y.data());
  EXPECT_TRUE(std::isnan(y[0]));
}

TEST(Pooling, PaddingCountsAsZeroInAMeanAndNotAtAllInAMaximum) {
  const Pooling g{axis(1, 1, 1), axis(2, 2, 2, 1), 1};
  const Numbers x{-3, -5};
  Numbers y(2);
  max_pool(g, x.data(), 1, y.data());
  EXPECT_EQ(y, (Numbers{-3, -5}));
  avg_pool(g, x.data(), 1, y.data());
  EXPECT_EQ(y, (Numbers{-1.5, -2.5}));
}

}  // namespace goodfit::kernels
