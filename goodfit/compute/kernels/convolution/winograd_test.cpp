#include "goodfit/compute/kernels/convolution/winograd.hpp"

#include "goodfit/compute/kernels/convolution/convolution_testing.hpp"
#include "goodfit/compute/kernels/convolution/winograd_reference.hpp"

namespace goodfit::kernels {
namespace {

Convolution images(Size height, Size width, Size channels, Size units, Size pad = 1) {
  return {axis(height, 3, 1, 1, pad), axis(width, 3, 1, 1, pad), channels, units};
}

std::vector<double> doubles(const Numbers& of) { return {of.begin(), of.end()}; }

template <class T>
void winograd_product(const Convolution& g, const T* x, const T* weight, const T* bias,
                      Size samples, T* y, bool relu) {
  if constexpr (std::is_same_v<T, float>) {
    pack_and_multiply(g, x, weight, bias, samples, y, relu);
  } else {
    reference::winograd(g, x, weight, samples, y, bias, relu);
  }
}

template <class T>
void winograd_gradient(const Convolution& g, const T* x, const T* dy, Size shards, Size samples,
                       T* dw) {
  if constexpr (std::is_same_v<T, float>) {
    Numbers slots(std::size_t(shards * g.weight_floats()), not_a_number);
    for (Size s = 0; s < shards; ++s)
      convolution_weight_gradient(g, x + s * samples * g.input_floats(),
                                  dy + s * samples * g.output_floats(), samples,
                                  slots.data() + s * g.weight_floats());
    merge_convolution_gradients(g, shards, slots.data(), dw, 0, 1);
    merge_convolution_gradients(g, shards, slots.data(), dw, 1, g.channels);
  } else {
    reference::winograd_weight_gradient(g, x, dy, shards, samples, dw);
  }
}

void check_winograd_product(const Convolution& g, Size samples, bool with_bias, bool relu) {
  ASSERT_TRUE(g.winograd());
  const Numbers x = some_numbers(samples * g.input_floats(), 1);
  const Numbers weight = some_numbers(g.weight_floats(), 2), bias = some_numbers(g.units, 3);
  const Numbers y(std::size_t(samples * g.output_floats()), 7.0f);
  expect_like_reference({x, weight, bias}, {y}, [&](const auto& in, const auto& out) {
    winograd_product(g, in[0], in[1], with_bias ? in[2] : nullptr, samples, out[0], relu);
  });
}

void check_winograd_gradient(const Convolution& g, Size shards, Size samples) {
  ASSERT_TRUE(g.winograd());
  const Numbers x = some_numbers(shards * samples * g.input_floats(), 1);
  const Numbers dy = some_numbers(shards * samples * g.output_floats(), 2);
  const Numbers dw(std::size_t(g.weight_floats()), 7.0f);
  expect_like_reference({x, dy}, {dw}, [&](const auto& in, const auto& out) {
    winograd_gradient(g, in[0], in[1], shards, samples, out[0]);
  });
}

void check_winograd(const Convolution& g, Size samples) {
  SCOPED_TRACE(text(g));
  check_winograd_product(g, samples, samples % 2 == 0, samples % 3 == 0);
  if (g.turned().winograd()) check_winograd_product(g.turned(), samples, true, true);
  check_winograd_gradient(g, 2, samples);
}

}  // namespace

TEST(Winograd, IsRightForEveryNumberOfChannelsAndUnits) {
  for (const Size n : {16, 17, 23, 24, 31, 32, 33, 47, 48, 49, 65}) {
    check_winograd(images(4, 4, n, 16), 1);
    check_winograd(images(4, 4, 16, n), 2);
  }
}

TEST(Winograd, IsRightWithMoreChannelsThanACacheHoldsTheWeightsOf) {
  check_winograd(images(4, 4, 257, 16), 1);
  check_winograd(images(4, 4, 16, 400), 2);
  check_winograd_product(images(8, 8, 512, 17), 9, true, false);  // 36 tiles, twice 18 at a time
}

TEST(Winograd, ItsWeightGradientIsRightInBlocksOfChannelsAndUnits) {
  check_winograd_gradient(images(4, 4, 64, 64), 2, 1);
  check_winograd_gradient(images(7, 8, 130, 66), 2, 1);
  check_winograd_gradient(images(4, 4, 16, 300), 2, 2);
}

TEST(Winograd, IsRightForTilesThatReachOverTheEdges) {
  for (const auto& [height, width] :
       {std::pair<Size, Size>{4, 4}, {4, 8}, {8, 4}, {7, 8}, {8, 7}, {10, 10}, {12, 4}, {6, 8}})
    for (const Size pad : {0, 1, 2}) {
      const Convolution g = images(height + 2 - 2 * pad, width + 2 - 2 * pad, 16, 16, pad);
      if (g.winograd()) check_winograd(g, 2);
    }
  for (const Size pad : {0, 2}) {  // more on one side
    ConvolutionAxis one_sided = axis(7, 3, 1, 1, 1);
    one_sided.pad = pad;
    check_winograd({one_sided, axis(8, 3, 1, 1, 1), 16, 16}, 2);
  }
}

TEST(Winograd, IsRightForEveryNumberOfSamples) {
  for (const Size samples : {0, 1, 2, 3, 11, 12, 13}) check_winograd(images(8, 8, 16, 16), samples);
}

TEST(Winograd, IsTheConvolutionThatItReplaces) {
  const Convolution straight = images(9, 12, 17, 19);
  for (const Convolution& g : {straight, straight.turned()}) {
    const Size samples = 2;
    const auto x = doubles(some_numbers(samples * g.input_floats(), 1));
    const auto weight = doubles(some_numbers(g.weight_floats(), 2));
    const auto bias = doubles(some_numbers(g.units, 3));
    std::vector<double> sums(std::size_t(samples * g.output_floats())), products(sums.size());
    reference::convolution(g, x.data(), weight.data(), samples, sums.data(), bias.data(), true);
    reference::winograd(g, x.data(), weight.data(), samples, products.data(), bias.data(), true);
    for (std::size_t i = 0; i < sums.size(); ++i) ASSERT_NEAR(products[i], sums[i], 1e-11);
  }
}

TEST(Winograd, ItsWeightGradientIsThatOfTheConvolution) {
  const Convolution g = images(9, 12, 5, 7);
  const Size shards = 3, samples = 2;
  const auto x = doubles(some_numbers(shards * samples * g.input_floats(), 1));
  const auto dy = doubles(some_numbers(shards * samples * g.output_floats(), 2));
  std::vector<double> slot(std::size_t(g.weight_floats())), sums(slot.size()), found(slot.size());
  reference::convolution_weight_gradient(g, x.data(), dy.data(), shards * samples, slot.data());
  reference::merge_convolution_gradients(g, 1, slot.data(), sums.data(), 0, g.channels);
  reference::winograd_weight_gradient(g, x.data(), dy.data(), shards, samples, found.data());
  for (std::size_t i = 0; i < sums.size(); ++i) ASSERT_NEAR(found[i], sums[i], 1e-10);
}

// What choosing the points well is for: the usual ones err four times as much as a plain sum.
TEST(Winograd, ErrsLittleMoreThanAPlainSum) {
  const Convolution g = images(16, 16, 64, 64);
  const Numbers x = some_numbers(g.input_floats(), 1), weight = some_numbers(g.weight_floats(), 2);
  const auto exact_x = doubles(x), exact_weight = doubles(weight);
  std::vector<double> exact(std::size_t(g.output_floats()));
  reference::convolution(g, exact_x.data(), exact_weight.data(), 1, exact.data());
  on_every_target([&] {
    Numbers y(exact.size()), plain(exact.size());
    pack_and_multiply(g, x.data(), weight.data(), nullptr, 1, y.data(), false);
    reference::convolution(g, x.data(), weight.data(), 1, plain.data());
    const auto error = [&](const Numbers& of) {
      double squares = 0;
      for (std::size_t i = 0; i < exact.size(); ++i)
        squares += (of[i] - exact[i]) * (of[i] - exact[i]);
      return std::sqrt(squares / double(exact.size()));
    };
    EXPECT_LT(error(y), 2.5 * error(plain));
  });
}

TEST(Winograd, BitsDoNotDependOnHowSamplesAreCut) {
  expect_samples_may_be_cut(images(7, 8, 18, 20));
}

TEST(Winograd, PanelsPackedInPartsEqualPanelsPackedAtOnce) {
  expect_parts_pack_as_the_whole(images(8, 8, 16, 150));
}

TEST(Winograd, StandsAsideWhereItDoesNotPay) {
  EXPECT_TRUE(images(8, 8, 16, 16).winograd());
  EXPECT_FALSE(images(8, 8, 15, 16).winograd());
  EXPECT_FALSE(images(5, 5, 16, 16).winograd());  // four tiles for 25 outputs
  EXPECT_TRUE(images(7, 7, 16, 16).winograd());
  EXPECT_TRUE(images(8, 8, 512, 512).winograd());
  EXPECT_FALSE(images(8, 8, 16, 513).winograd());
  EXPECT_FALSE(images(8, 8, 16, 16, 3).winograd());
  EXPECT_TRUE(images(8, 8, 16, 16, 2).turned().winograd());
  Convolution other = images(8, 8, 16, 16);
  other.groups = 2;
  EXPECT_FALSE(other.winograd());
  other = images(8, 8, 16, 16);
  other.width.dilation = 2;
  EXPECT_FALSE(other.winograd());
  other = images(8, 8, 16, 16);
  other.height.up = 2;
  EXPECT_FALSE(other.winograd());
}

}  // namespace goodfit::kernels
