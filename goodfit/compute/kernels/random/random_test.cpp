#include "goodfit/compute/kernels/random/random.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/random/random_reference.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

constexpr MaskKey key{.seed = 0x123456789abcdef0, .stream = 0xfeedbeef, .step = 77};

TEST(Dropout, AgreesWithTheReferenceOnEveryMask) {
  for (const Size c : lengths()) {
    const Size rows = c < 100 ? 3 : 1;
    const Numbers x(std::size_t(rows * c), 1.0f);  // a zero of y is a dropped element
    for (const float p : {0.0f, 0.1f, 0.5f, 0.999f, 1.0f}) {
      expect_like_reference(
          {x}, {x}, [&](auto in, auto out) { dropout(in[0], out[0], p, key, 40, rows, c); });
    }
  }
}

TEST(Dropout, EveryPartOfTheKeyMatters) {
  MaskKey seed = key, high = key, stream = key, step = key;
  seed.seed ^= 1, high.seed ^= std::uint64_t{1} << 32, stream.stream ^= 1, step.step ^= 1;
  const Numbers ones(256, 1.0f);
  on_every_target([&] {
    const auto mask = [&](MaskKey from, Size row) {
      Numbers y(256);
      dropout(ones.data(), y.data(), 0.5f, from, row, 1, 256);
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
    dropout(ones.data(), y.data(), p, key, 0, rows, c);
    const double bound = 5 * std::sqrt(double(p) * (1 - double(p)) / double(rows * c));
    double kept = 0, sum = 0;
    for (const float v : y) kept += v != 0, sum += double(v);
    EXPECT_NEAR(kept / double(rows * c), 1 - double(p), bound);
    EXPECT_NEAR(sum / double(rows * c), 1, bound / (1 - double(p)) + Rounded::unit);
  }
}

TEST(Dropout, NothingIsDroppedForZeroAndAllForOne) {
  on_every_target([] {
    const Numbers x = some_numbers(100);
    Numbers y(100);
    dropout(x.data(), y.data(), 0, key, 0, 2, 50);
    EXPECT_EQ(y, x);
    dropout(x.data(), y.data(), 1, key, 0, 2, 50);
    EXPECT_EQ(y, Numbers(100));
  });
}

TEST(Dropout, MayWriteOverX) {
  const Numbers x = some_numbers(5 * 77);
  expect_in_place({x}, 5 * 77,
                  [](auto in, auto out) { dropout(in[0], out[0], 0.3f, key, 2, 5, 77); });
}

TEST(Dropout, GivesTheSameBitsHoweverRowsAreCut) {
  const Numbers x = some_numbers(9 * 77);
  expect_cut_free(9, 77, [&](Size begin, Size end, float* out) {
    dropout(x.data() + begin * 77, out, 0.3f, key, begin, end - begin, 77);
  });
}

TEST(Dropout, ADroppedNanOrInfinityIsZero) {
  on_every_target([] {
    const Numbers x(200, not_a_number);
    Numbers y(200);
    dropout(x.data(), y.data(), 0.5f, key, 0, 1, 200);
    for (Size j = 0; j < 200; ++j)
      EXPECT_EQ(std::isnan(y[std::size_t(j)]), is_kept(0.5f, key, 0, j));
  });
}

}  // namespace
}  // namespace goodfit::kernels
