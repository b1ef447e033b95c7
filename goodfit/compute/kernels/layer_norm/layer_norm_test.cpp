#include "goodfit/compute/kernels/layer_norm/layer_norm.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/layer_norm/layer_norm_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

constexpr float eps = 1e-5f;

TEST(LayerNorm, AgreesWithTheReference) {
  for (Size c = 2; c <= 70; ++c) {
    const Size rows = c % 4;
    const Numbers x = some_numbers(rows * c, 1), dy = some_numbers(rows * c, 2);
    const Numbers gamma = some_numbers(c, 3), beta = some_numbers(c, 4), out(x.size());
    expect_like_reference({x, gamma, beta}, {out}, [&](auto in, auto to) {
      layer_norm(in[0], in[1], in[2], eps, to[0], rows, c);
    });
    expect_like_reference({x, gamma, dy}, {out}, [&](auto in, auto to) {
      layer_norm_backward(in[0], in[1], in[2], eps, to[0], rows, c);
    });
  }
}

TEST(LayerNorm, GradientsOfParametersAgreeWithTheReference) {
  for (const Size rows : {0, 1, 2, 5, 64, 65, 130}) {
    for (const Size c : {2, 7, 16, 17, 33, 65, 129}) {
      const Numbers x = some_numbers(rows * c, 1), dy = some_numbers(rows * c, 2);
      const Numbers out(std::size_t(c), 3.0f);
      expect_like_reference({x, dy}, {out, out}, [&](auto in, auto to) {
        layer_norm_backward_parameters(in[0], in[1], eps, rows, c, to[0], to[1]);
      });
    }
  }
}

TEST(LayerNorm, ARowOfOneElementBecomesBeta) {
  on_every_target([] {
    const Numbers x{5, -3}, gamma{2}, beta{0.25f};
    Numbers y(2);
    layer_norm(x.data(), gamma.data(), beta.data(), eps, y.data(), 2, 1);
    EXPECT_EQ(y, (Numbers{0.25f, 0.25f}));
  });
}

// Adding 2²⁰ to multiples of 1/8 is exact, so the row is the same as without.
TEST(LayerNorm, ALargeMeanCostsNoDigits) {
  const Size c = 50;
  Numbers x = some_numbers(c), gamma(c, 1.0f), beta(c);
  for (float& v : x) v = std::round(v * 8) / 8;
  Numbers far = x;
  for (float& v : far) v += 0x1p20f;
  std::vector<Rounded> exact(x.begin(), x.end()), ones(c, 1.0), none(c, 0.0), want(c);
  layer_norm(exact.data(), ones.data(), none.data(), eps, want.data(), 1, c);
  on_every_target([&] {
    Numbers y(c);
    layer_norm(far.data(), gamma.data(), beta.data(), eps, y.data(), 1, c);
    expect_close(y, want);
  });
}

TEST(LayerNorm, MayWriteOverAnInput) {
  const Numbers x = some_numbers(5 * 21, 1), dy = some_numbers(5 * 21, 2);
  const Numbers gamma = some_numbers(21, 3), beta = some_numbers(21, 4);
  expect_in_place({x, gamma, beta}, 5 * 21,
                  [](auto in, auto out) { layer_norm(in[0], in[1], in[2], eps, out[0], 5, 21); });
  expect_in_place({x, gamma, dy}, 5 * 21, [](auto in, auto out) {
    layer_norm_backward(in[0], in[1], in[2], eps, out[0], 5, 21);
  });
}

TEST(LayerNorm, GivesTheSameBitsHoweverRowsAreCut) {
  const Size rows = 9, c = 37;
  const Numbers x = some_numbers(rows * c, 1), dy = some_numbers(rows * c, 2);
  const Numbers gamma = some_numbers(c, 3), beta = some_numbers(c, 4);
  expect_cut_free(rows, c, [&](Size begin, Size end, float* out) {
    layer_norm(x.data() + begin * c, gamma.data(), beta.data(), eps, out, end - begin, c);
  });
  expect_cut_free(rows, c, [&](Size begin, Size end, float* out) {
    layer_norm_backward(x.data() + begin * c, gamma.data(), dy.data() + begin * c, eps, out,
                        end - begin, c);
  });
}

TEST(LayerNorm, NanStaysInItsRow) {
  on_every_target([] {
    Numbers x = some_numbers(3 * 20), one(20, 1.0f), none(20), y(60);
    x[25] = not_a_number;
    layer_norm(x.data(), one.data(), none.data(), eps, y.data(), 3, 20);
    for (std::size_t i = 0; i < 60; ++i) EXPECT_EQ(std::isnan(y[i]), i / 20 == 1);
  });
}

}  // namespace
}  // namespace goodfit::kernels
