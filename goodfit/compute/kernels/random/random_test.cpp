#include "goodfit/compute/kernels/random/random.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/random/random_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

constexpr MaskKey key{.seed = 0x123456789abcdef0, .stream = 0xfeedbeef, .step = 77};

Masking inverted(float p) { return {p, double(float(1 / (1 - double(p))))}; }

TEST(Dropout, AgreesWithTheReferenceOnEveryMask) {
  for (const Size c : lengths()) {
    const Size rows = c < 100 ? 3 : 1;
    const Numbers x(std::size_t(rows * c), 1.0f);  // a zero of y is a dropped element
    for (const float p : {0.0f, 0.1f, 0.5f, 0.999f}) {
      expect_like_reference({x}, {x}, [&](auto in, auto out) {
        const bool far = p == 0.5f;  // which changes no number
        dropout(in[0], out[0], inverted(p), key, 40, rows, c, far);
      });
    }
  }
}

TEST(Dropout, ScalesShiftsAndReplaces) {
  const Numbers x = some_numbers(3 * 37);
  const Masking mask{0.4f, 1.5, 0.25, -3};
  expect_like_reference({x}, {x},
                        [&](auto in, auto out) { dropout(in[0], out[0], mask, key, 7, 3, 37); });
}

TEST(Dropout, EveryPartOfTheKeyMatters) {
  MaskKey seed = key, high = key, stream = key, step = key;
  seed.seed ^= 1, high.seed ^= std::uint64_t{1} << 32, stream.stream ^= 1, step.step ^= 1;
  const Numbers ones(256, 1.0f);
  on_every_target([&] {
    const auto mask = [&](MaskKey from, Size row) {
      Numbers y(256);
      dropout(ones.data(), y.data(), inverted(0.5f), from, row, 1, 256);
      return y;
    };
    const Numbers base = mask(key, 0);
    for (const MaskKey& other : {seed, high, stream, step}) EXPECT_NE(mask(other, 0), base);
    EXPECT_NE(mask(key, 1), base);
    EXPECT_EQ(mask(key, 0), base);
  });
}

// The kept share of n elements has deviation sqrt(p (1 - p) / n); five of them are never exceeded.
TEST(Dropout, KeepsItsShareAndTheMean) {
  const Size rows = 500, c = 1000;
  const Numbers ones(rows * c, 1.0f);
  Numbers y(ones.size());
  for (const float p : {0.05f, 0.5f, 0.8f}) {
    dropout(ones.data(), y.data(), inverted(p), key, 0, rows, c);
    const double bound = 5 * std::sqrt(double(p) * (1 - double(p)) / double(rows * c));
    double kept = 0, sum = 0;
    for (const float v : y) kept += v != 0, sum += double(v);
    EXPECT_NEAR(kept / double(rows * c), 1 - double(p), bound);
    EXPECT_NEAR(sum / double(rows * c), 1, bound / (1 - double(p)) + Rounded::unit);
  }
}

TEST(Dropout, NothingIsDroppedForZero) {
  on_every_target([] {
    const Numbers x = some_numbers(100);
    Numbers y(100);
    dropout(x.data(), y.data(), inverted(0), key, 0, 2, 50);
    EXPECT_EQ(y, x);
  });
}

TEST(Dropout, MayWriteOverX) {
  const Numbers x = some_numbers(5 * 77);
  expect_in_place({x}, 5 * 77,
                  [](auto in, auto out) { dropout(in[0], out[0], inverted(0.3f), key, 2, 5, 77); });
}

TEST(Dropout, GivesTheSameBitsHoweverRowsAreCut) {
  const Numbers x = some_numbers(9 * 77);
  expect_cut_free(9, 77, [&](Size begin, Size end, float* out) {
    dropout(x.data() + begin * 77, out, inverted(0.3f), key, begin, end - begin, 77);
  });
}

TEST(Dropout, ADroppedNanOrInfinityIsZero) {
  on_every_target([] {
    const Numbers x(200, not_a_number);
    Numbers y(200);
    dropout(x.data(), y.data(), inverted(0.5f), key, 0, 1, 200);
    for (Size j = 0; j < 200; ++j)
      EXPECT_EQ(std::isnan(y[std::size_t(j)]), is_kept(0.5f, key, 0, j));
  });
}

TEST(Noise, AgreesWithTheReference) {
  for (const Size c : lengths()) {
    const Size rows = c < 100 ? 3 : 1;
    const Numbers x = some_numbers(rows * c);
    for (const bool multiply : {false, true}) {
      const std::vector<double> exact(x.begin(), x.end());
      std::vector<double> want(exact.size());
      noise(exact.data(), want.data(), 0.5, multiply, key, 40, rows, c);
      on_every_target([&] {
        Guarded y(Numbers(x.size()), 1);
        noise(x.data(), y.data(), 0.5, multiply, key, 40, rows, c);
        ASSERT_TRUE(y.intact());
        for (std::size_t i = 0; i < x.size(); ++i)
          ASSERT_NEAR(y.numbers()[i], want[i], 1e-5) << "element " << i << " of " << c;
      });
    }
  }
}

// Moments of n = 500 000: their deviations are 1, √2, √15 and √96 over √n; five are never exceeded.
TEST(Noise, HasTheMomentsOfANormal) {
  const Size rows = 500, c = 1000;
  const Numbers zeros(rows * c);
  Numbers y(zeros.size());
  noise(zeros.data(), y.data(), 1, false, key, 0, rows, c);
  std::array<double, 5> moments{};
  for (const float v : y)
    for (std::size_t k = 1; k <= 4; ++k) moments[k] += std::pow(double(v), double(k)) / 5e5;
  const double unit = 5 / std::sqrt(5e5);
  EXPECT_NEAR(moments[1], 0, unit);
  EXPECT_NEAR(moments[2], 1, unit * std::sqrt(2));
  EXPECT_NEAR(moments[3], 0, unit * std::sqrt(15));
  EXPECT_NEAR(moments[4], 3, unit * std::sqrt(96));
}

TEST(Noise, NeighboursDoNotGoTogether) {
  const Numbers zeros(100000);
  Numbers y(zeros.size());
  noise(zeros.data(), y.data(), 1, false, key, 0, 100, 1000);
  for (const std::size_t apart : {1, 2, 3, 4, 1000}) {
    double sum = 0, squares = 0;
    for (std::size_t i = apart; i < y.size(); ++i) {
      sum += double(y[i]) * double(y[i - apart]);
      squares +=
          (double(y[i]) * double(y[i]) - 1) * (double(y[i - apart]) * double(y[i - apart]) - 1);
    }
    EXPECT_NEAR(sum / 1e5, 0, 5 / std::sqrt(1e5)) << apart;
    EXPECT_NEAR(squares / 1e5, 0, 5 * 2 / std::sqrt(1e5)) << apart;
  }
}

TEST(Noise, MayWriteOverXAndBeCutAnywhere) {
  const Numbers x = some_numbers(9 * 77);
  expect_in_place({x}, 9 * 77,
                  [](auto in, auto out) { noise(in[0], out[0], 0.3, true, key, 2, 9, 77); });
  expect_cut_free(9, 77, [&](Size begin, Size end, float* out) {
    noise(x.data() + begin * 77, out, 0.3, true, key, begin, end - begin, 77);
  });
}

}  // namespace
}  // namespace goodfit::kernels
