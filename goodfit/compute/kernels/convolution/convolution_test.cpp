#include "goodfit/compute/kernels/convolution/convolution.hpp"

#include <numeric>

#include "goodfit/compute/kernels/convolution/convolution_reference.hpp"
#include "goodfit/compute/kernels/convolution/convolution_testing.hpp"

namespace goodfit::kernels {
namespace {

Convolution square(Size in, Size channels, Size units, Size kernel = 3, Size pad = 1) {
  return {axis(in, kernel, 1, 1, pad), axis(in, kernel, 1, 1, pad), channels, units, 1};
}

// The product with all its parts, for floats; what it should be, for other numbers.
template <class T>
void product(const Convolution& g, const T* x, const T* weight, const T* bias, Size samples, T* y,
             bool relu) {
  if constexpr (std::is_same_v<T, float>) {
    pack_and_multiply(g, x, weight, bias, samples, y, relu);
  } else {
    reference::convolution(g, x, weight, samples, y, bias, relu);
  }
}

void check_product(const Convolution& g, Size samples, bool with_bias = true, bool relu = false) {
  SCOPED_TRACE(text(g));
  const Numbers x = some_numbers(samples * g.input_floats(), 1);
  const Numbers weight = some_numbers(g.weight_floats(), 2), bias = some_numbers(g.units, 3);
  const Numbers y(std::size_t(samples * g.output_floats()), 7.0f);
  expect_like_reference({x, weight, bias}, {y}, [&](const auto& in, const auto& out) {
    product(g, in[0], in[1], with_bias ? in[2] : nullptr, samples, out[0], relu);
  });
}

void check_weight_gradient(const Convolution& g, Size samples) {
  SCOPED_TRACE(text(g));
  const Numbers x = some_numbers(samples * g.input_floats(), 1);
  const Numbers dy = some_numbers(samples * g.output_floats(), 2);
  const Numbers dw(std::size_t(g.weight_floats()), 7.0f);
  expect_like_reference({x, dy}, {dw}, [&](const auto& in, const auto& out) {
    using namespace reference;
    convolution_weight_gradient(g, in[0], in[1], samples, out[0]);
  });
}

void check_all(const Convolution& g, Size samples) {
  check_product(g, samples, samples % 2 == 0, samples % 3 == 0);
  check_product(g.turned(), samples, samples % 2 == 1);
  check_weight_gradient(g, samples);
}

// Any geometry with a few hundred outputs.
Convolution random_geometry(unsigned seed) {
  std::mt19937 engine(seed);
  const auto below = [&](Size n) { return Size(engine() % unsigned(n)); };
  const auto some_axis = [&] {
    const Size kernel = 1 + below(4), stride = 1 + below(3), dilation = 1 + below(3);
    const Size extent = (kernel - 1) * dilation + 1, pad = below(extent);
    const Size in = std::max<Size>(extent - 2 * pad, 1) + below(9);
    return axis(in, kernel, stride, dilation, pad);
  };
  Convolution g{some_axis(), some_axis(), 1, 1, 1};
  const Size kind = below(4);
  g.groups = kind < 2 ? 1 : 1 + below(5);
  g.channels = g.groups * (1 + below(kind == 3 ? 1 : 8));
  g.units = kind == 3 ? g.channels : g.groups * (1 + below(20));
  return g;
}

}  // namespace

TEST(Convolution, IsRightForEveryNumberOfChannelsAndUnits) {
  for (Size n = 1; n <= 70; ++n) {
    check_all(square(3, n, 2), 1);
    check_all(square(3, 2, n), 1);
  }
}

TEST(Convolution, IsRightForEveryWidth) {
  for (Size n = 1; n <= 40; ++n) {
    check_all({axis(2, 3, 1, 1, 1), axis(n, 3, 1, 1, 1), 2, 18, 1}, 2);
    check_all({axis(n, 3, 1, 1, 1), axis(2, 1), 2, 3, 1}, 1);
    for (const Size stride : {1, 2, 3})
      check_all({axis(2, 3, 1, 1, 1), axis(n, 3, stride, 1, 2), 3, 3, 3}, 2);
  }
}

// Their lines of dy are copied, as they would share places of a cache.
TEST(Convolution, GradientsOfManyUnitsAreRight) {
  check_weight_gradient({axis(9, 1), axis(9, 1), 20, 512, 1}, 2);
  check_weight_gradient({axis(9, 3), axis(9, 1), 70, 256, 1}, 3);
  check_weight_gradient({axis(9, 1), axis(9, 1), 32 * 14, 256, 32}, 2);
}

// Where there are many channels too, all taps share copies.
TEST(Convolution, GradientsOfManyChannelsAndUnitsAreRight) {
  check_weight_gradient({axis(5, 5, 1, 1, 2), axis(6, 2), 70, 270, 1}, 3);
  check_weight_gradient({axis(7, 3, 2, 1, 1), axis(8, 3, 2, 1, 1), 64, 256, 1}, 2);
  check_weight_gradient({axis(6, 2, 1, 3, 1), axis(6, 3, 1, 2, 2), 2 * 26, 2 * 260, 2}, 2);
  check_weight_gradient({axis(1, 3, 1, 1, 1), axis(4, 2), 64, 256, 1}, 2);  // taps that see nothing
  check_weight_gradient({axis(20, 1), axis(20, 2), 64, 256, 1}, 2);         // block by block
  check_weight_gradient({axis(9, 1, 2), axis(8, 1, 3), 70, 270, 1}, 3);     // a tap steps over some
}

// A panel that is larger than a second-level cache meets its outputs tap by tap.
TEST(Convolution, OfLargePanelsIsRight) {
  for (const bool with : {false, true})
    check_product({axis(7, 7, 1, 1, 3), axis(2, 1), 2400, 20, 1}, 2, with, with);
  check_product({axis(4, 4, 2, 1, 2), axis(3, 2, 2, 2, 2), 2 * 2100, 2 * 20, 2}, 2, true, true);
  check_product({axis(1, 3, 1, 1, 1), axis(5, 3, 1, 1, 1), 1900, 17, 1}, 1);  // taps see nothing
}

TEST(Convolution, IsRightForEveryNumberOfSamples) {
  for (Size n = 0; n <= 40; ++n) check_all(square(2, 3, 2), n);
}

TEST(Convolution, IsRightForAnyStrideDilationPaddingAndGroups) {
  for (unsigned seed = 0; seed < 400 && !testing::Test::HasFailure(); ++seed)
    check_all(random_geometry(seed), 1 + Size(seed % 3));
}

TEST(Convolution, OfOneTapIsAProductOfMatrices) {
  for (const Size width : {1, 3, 7, 60}) check_all({axis(2, 1), axis(width, 1), 5, 6, 1}, 2);
}

TEST(Convolution, OfPixelsThatNoTapReachesIsTheBias) {
  // A stride beyond the kernel leaves gaps in the input, whose gradient is zero.
  for (const Size samples : {1, 2}) {
    check_all({axis(9, 1, 3), axis(9, 2, 4), 3, 4, 1}, samples);
    check_all({axis(9, 1, 3), axis(9, 2, 4), 3, 3, 3}, samples);
    check_all({axis(9, 1, 2), axis(8, 1, 2), 4, 6, 2}, samples);
  }
}

TEST(Convolution, OfOneChannelToEachUnitIsRightForEveryNumberOfChannels) {
  for (Size n = 2; n <= 70; ++n)
    check_all({axis(3, 3, 1, 1, 1), axis(6, 3, 1 + n % 2, 1, 1), n, n, n}, 2);
}

TEST(Convolution, IsRightWhenAnImageIsLargerThanTheCache) {
  // Few channels are summed by segments, many by taps.
  for (const auto& [g, samples] :
       {std::pair{Convolution{axis(70, 3, 1, 1, 1), axis(64, 3, 1, 1, 1), 9, 9, 1}, Size{1}},
        {square(40, 64, 8), 2},
        {square(40, 64, 8), 0}}) {
    const Numbers x = some_numbers(samples * g.input_floats(), 1);
    const Numbers dy = some_numbers(samples * g.output_floats(), 2);
    const std::vector<double> x2(x.begin(), x.end()), dy2(dy.begin(), dy.end());
    std::vector<double> wanted(std::size_t(g.weight_floats()));
    reference::convolution_weight_gradient(g, x2.data(), dy2.data(), samples, wanted.data());
    Numbers found(wanted.size(), NAN);
    convolution_weight_gradient(g, x.data(), dy.data(), samples, found.data());
    for (std::size_t i = 0; i < wanted.size(); ++i) ASSERT_NEAR(found[i], wanted[i], 1e-3);
  }
}

TEST(Convolution, BitsDoNotDependOnHowSamplesAreCut) {
  for (const Convolution& g : {square(5, 3, 20), square(1, 40, 40), square(4, 6, 6, 5, 2),
                               Convolution{axis(4, 1), axis(3, 1), 5, 21, 1},
                               Convolution{axis(4, 2), axis(4, 3), 9, 9, 9}})
    expect_samples_may_be_cut(g);
}

TEST(Convolution, PanelsPackedInPartsEqualPanelsPackedAtOnce) {
  for (Convolution g :
       {square(3, 5, 150), square(3, 5, 5), Convolution{axis(3, 1), axis(3, 1), 5, 150, 1},
        Convolution{axis(3, 1), axis(3, 1), 5, 150, 1}.turned()}) {
    if (g.units == 5 && g.taps() > 1) g.groups = 5;
    expect_parts_pack_as_the_whole(g);
  }
}

TEST(Convolution, GradientsOfShardsAreMergedIntoTheLayoutOfTheWeight) {
  for (const Size shards : {0, 1, 2, 3, 7})
    for (Convolution g : {square(3, 4, 37), square(3, 6, 6, 2, 1), square(3, 4, 1)}) {
      if (g.units == 6) g.groups = 3;
      const Numbers slots = some_numbers(shards * g.weight_floats());
      const Numbers out(std::size_t(g.weight_floats()));
      expect_like_reference({slots}, {out}, [&](const auto& in, const auto& to) {
        using namespace reference;
        merge_convolution_gradients(g, shards, in[0], to[0], Size{0}, Size{1});
        merge_convolution_gradients(g, shards, in[0], to[0], Size{1}, g.group_channels());
      });
    }
}

// ⟨conv x, dy⟩ = ⟨x, turned dy⟩ = ⟨w, dw⟩, which is what makes them gradients.
TEST(Convolution, TurnedIsTheAdjoint) {
  const auto doubles = [](Size count, unsigned seed) {
    const Numbers drawn = some_numbers(count, seed);
    return std::vector<double>(drawn.begin(), drawn.end());
  };
  const auto product_of = [](const std::vector<double>& a, const std::vector<double>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
  };
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Convolution g = random_geometry(seed);
    SCOPED_TRACE(text(g));
    const auto x = doubles(g.input_floats(), 1), dy = doubles(g.output_floats(), 2);
    const auto w = doubles(g.weight_floats(), 3);
    std::vector<double> y(dy.size()), dx(x.size()), slots(w.size()), dw(w.size());
    reference::convolution(g, x.data(), w.data(), 1, y.data());
    reference::convolution(g.turned(), dy.data(), w.data(), 1, dx.data());
    reference::convolution_weight_gradient(g, x.data(), dy.data(), 1, slots.data());
    reference::merge_convolution_gradients(g, 1, slots.data(), dw.data(), 0, g.group_channels());
    const double wanted = product_of(y, dy), allowed = 1e-12 * (1 + product_of(dy, dy)) * 100;
    ASSERT_NEAR(product_of(x, dx), wanted, allowed);
    ASSERT_NEAR(product_of(w, dw), wanted, allowed);
  }
}

TEST(Convolution, AKnownExampleByHand) {
  // 1 2 3        1 0                 1·1 + 5·2   2·1 + 6·2
  // 4 5 6   by   0 2, no padding:    4·1 + 8·2   5·1 + 9·2
  // 7 8 9
  const Convolution g{axis(3, 2), axis(3, 2), 1, 1, 1};
  const Numbers x{1, 2, 3, 4, 5, 6, 7, 8, 9}, weight{1, 0, 0, 2};
  Numbers y(4), dx(9), dw(4);
  product(g, x.data(), weight.data(), static_cast<const float*>(nullptr), 1, y.data(), false);
  EXPECT_EQ(y, (Numbers{11, 14, 20, 23}));
  const Numbers dy{1, 10, 100, 1000};
  product(g.turned(), dy.data(), weight.data(), static_cast<const float*>(nullptr), 1, dx.data(),
          false);
  EXPECT_EQ(dx, (Numbers{1, 10, 0, 100, 1002, 20, 0, 200, 2000}));
  convolution_weight_gradient(g, x.data(), dy.data(), 1, dw.data());
  EXPECT_EQ(dw, (Numbers{5421, 6532, 8754, 9865}));
}

}  // namespace goodfit::kernels
