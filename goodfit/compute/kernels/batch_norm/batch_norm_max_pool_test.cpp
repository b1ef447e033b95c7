#include "goodfit/compute/kernels/batch_norm/batch_norm_max_pool.hpp"

#include "goodfit/compute/kernels/batch_norm/batch_norm.hpp"
#include "goodfit/compute/kernels/batch_norm/batch_norm_max_pool_reference.hpp"
#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

struct Pooled {
  Pooled(Size height, Size width, Size channels, Size count)
      : g{squares(height), squares(width), channels},
        samples(count),
        x(some_numbers(samples * g.input_floats(), 1)),
        dy(some_numbers(samples * g.output_floats(), 2)) {
    for (unsigned k = 0; k < 6; ++k) rows.push_back(some_numbers(channels, 20 + k));
    for (float& inverse : rows[1]) inverse = std::abs(inverse) + 0.1f;
  }
  static ConvolutionAxis squares(Size in) {
    return {.in = in, .out = in / 2, .kernel = 2, .up = 2};
  }

  Pooling g;
  Size samples;
  Numbers x, dy;
  std::vector<Numbers> rows;  // mean, 1 / deviation, gamma, beta, sums
};

void check(Size height, Size width, Size channels) {
  const Pooled p(height, width, channels, 3);
  const auto& r = p.rows;
  const Numbers image(p.x.size()), pooled(p.dy.size()), row(r[0].size());
  expect_like_reference({p.x, r[0], r[1], r[2], r[3]}, {pooled}, [&](auto in, auto out) {
    batch_norm_max_pool(p.g, in[0], in[1], in[2], in[3], in[4], p.samples, out[0]);
  });
  expect_like_reference({p.x, p.dy, r[0], r[1], r[2], r[3]}, {row, row}, [&](auto in, auto out) {
    batch_norm_max_pool_sums(p.g, in[0], in[1], in[2], in[3], in[4], in[5], p.samples, out[0],
                             out[1]);
  });
  expect_like_reference(
      {p.x, p.dy, r[0], r[1], r[2], r[3], r[4], r[5]}, {image}, [&](auto in, auto out) {
        batch_norm_max_pool_backward(p.g, in[0], in[1], in[2], in[3], in[4], in[5], in[6], in[7],
                                     Size{17}, p.samples, out[0]);
      });
}

TEST(BatchNormMaxPool, AgreesWithTheReference) {
  for (Size channels = 1; channels <= 40; ++channels) check(4, 6, channels);
  for (const Size height : {1, 2, 5, 7})
    for (const Size width : {1, 2, 3, 9}) check(height, width, 19);
}

TEST(BatchNormMaxPool, HasTheBitsOfTheThreeOneAfterAnother) {
  const Pooled p(7, 6, 21, 2);
  const auto& r = p.rows;
  const Size pixels = Size(p.x.size()) / 21;
  on_every_target([&] {
    Numbers norms(p.x.size()), y(p.dy.size()), fused_y = y, slopes = norms, dx = norms;
    Numbers fused_dx = norms;
    batch_norm_normalize(p.x.data(), r[0].data(), r[1].data(), r[2].data(), r[3].data(),
                         norms.data(), pixels, 21, true);
    max_pool(p.g, norms.data(), 2, y.data());
    batch_norm_max_pool(p.g, p.x.data(), r[0].data(), r[1].data(), r[2].data(), r[3].data(), 2,
                        fused_y.data());
    EXPECT_TRUE(same_bits(fused_y, y));
    max_pool_backward(p.g, norms.data(), p.dy.data(), 2, slopes.data());
    batch_norm_backward(p.x.data(), slopes.data(), r[0].data(), r[1].data(), r[2].data(),
                        r[3].data(), r[4].data(), r[5].data(), 9, dx.data(), pixels, 21);
    batch_norm_max_pool_backward(p.g, p.x.data(), p.dy.data(), r[0].data(), r[1].data(),
                                 r[2].data(), r[3].data(), r[4].data(), r[5].data(), 9, 2,
                                 fused_dx.data());
    EXPECT_TRUE(same_bits(fused_dx, dx));
  });
}

TEST(BatchNormMaxPool, MayWriteOverX) {
  const Pooled p(5, 4, 21, 2);
  const auto& r = p.rows;
  expect_in_place({p.x, p.dy, r[0], r[1], r[2], r[3], r[4], r[5]}, Size(p.x.size()),
                  [&](auto in, auto out) {
                    batch_norm_max_pool_backward(p.g, in[0], in[1], in[2], in[3], in[4], in[5],
                                                 in[6], in[7], 9, 2, out[0]);
                  });
}

TEST(BatchNormMaxPool, OfTheFirstOfEqualNormsTakesTheSlopeIfItIsAboveZero) {
  const Pooling g{Pooled::squares(2), Pooled::squares(6), 1};
  const Numbers x{1, 5, -1, -1, 5,
                  2,  //
                  5, 0, -2, -3, not_a_number,
                  2};
  const Numbers dy{1, 10, 100}, one{1}, none{0};
  on_every_target([&] {
    Numbers dx(12), sum(1), products(1), y(3);
    batch_norm_max_pool_backward(g, x.data(), dy.data(), none.data(), one.data(), one.data(),
                                 none.data(), none.data(), none.data(), 12, 1, dx.data());
    EXPECT_EQ(Numbers(dx.begin(), dx.begin() + 6), (Numbers{0, 1, 0, 0, 0, 0}));
    EXPECT_EQ(Numbers(dx.begin() + 6, dx.begin() + 10), (Numbers{0, 0, 0, 0}));
    batch_norm_max_pool(g, x.data(), none.data(), one.data(), one.data(), none.data(), 1, y.data());
    EXPECT_EQ(y[0], 5);
    EXPECT_EQ(y[1], 0);
    EXPECT_TRUE(std::isnan(y[2]));
    batch_norm_max_pool_sums(g, x.data(), dy.data(), none.data(), one.data(), one.data(),
                             none.data(), 1, sum.data(), products.data());
    EXPECT_EQ(sum[0], 1);
  });
}

TEST(BatchNormMaxPool, TakesSquaresThatDoNotMeetAlone) {
  const ConvolutionAxis square = Pooled::squares(6);
  EXPECT_TRUE(pools_squares({square, square, 3}));
  for (ConvolutionAxis other :
       {ConvolutionAxis{.in = 6, .out = 5, .kernel = 2, .up = 1},
        ConvolutionAxis{.in = 6, .out = 2, .kernel = 3, .up = 2},
        ConvolutionAxis{.in = 6, .out = 4, .kernel = 2, .up = 2, .pad = 1}}) {
    EXPECT_FALSE(pools_squares({square, other, 3}));
    EXPECT_FALSE(pools_squares({other, square, 3}));
  }
}

}  // namespace
}  // namespace goodfit::kernels
