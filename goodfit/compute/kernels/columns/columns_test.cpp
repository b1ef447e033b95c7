#include "goodfit/compute/kernels/columns/columns.hpp"

#include "goodfit/compute/kernels/columns/columns_reference.hpp"
#include "goodfit/compute/kernels/kernel_testing.hpp"

namespace goodfit::kernels {
namespace {

using namespace reference;

Numbers empty(Size n) { return Numbers(static_cast<std::size_t>(n), 7.0f); }

TEST(Columns, RowVectorsAgreeWithTheReference) {
  for (const Size rows : {0, 1, 3, 4, 9}) {
    for (const Size c : lengths()) {
      const Numbers x = some_numbers(rows * c, 1), a = some_numbers(c, 2), b = some_numbers(c, 3);
      expect_like_reference({x, a}, {empty(rows * c)},
                            [&](auto in, auto out) { add_row(in[0], in[1], out[0], rows, c); });
      expect_like_reference({x, a, b}, {empty(rows * c)}, [&](auto in, auto out) {
        scale_shift(in[0], in[1], in[2], out[0], rows, c);
      });
    }
  }
}

TEST(Columns, SumsAndMomentsAgreeWithTheReference) {
  for (const Size rows : {0, 1, 2, 3, 5, 64, 67, 200}) {
    for (const Size c : {0, 1, 3, 7, 8, 15, 16, 17, 31, 33, 48, 63, 64, 65, 70, 129}) {
      const Numbers x = some_numbers(rows * c, unsigned(rows + c));
      expect_like_reference({x}, {empty(c)},
                            [&](auto in, auto out) { column_sums(in[0], rows, c, out[0]); });
      expect_like_reference({x}, {empty(c), empty(c)}, [&](auto in, auto out) {
        column_moments(in[0], rows, c, out[0], out[1]);
      });
    }
  }
}

TEST(Columns, MergesAgreeWithTheReference) {
  const std::vector<Size> counts{5, 0, 64, 1, 7, 7, 0, 32, 9};
  for (Size shards = 0; shards <= 9; ++shards) {
    for (const Size c : {0, 1, 5, 16, 17, 33, 70, 200}) {
      Numbers partials = some_numbers(2 * shards * c, unsigned(shards + c));
      for (Size i = 0; i < 2 * shards * c; ++i)
        if (i / c % 2) partials[std::size_t(i)] = std::abs(partials[std::size_t(i)]);
      expect_like_reference({partials}, {empty(2 * c)}, [&](auto in, auto out) {
        merge_sums(shards, 2 * c, 2 * c, in[0], out[0]);
      });
      expect_like_reference({partials}, {empty(c), empty(c)}, [&](auto in, auto out) {
        merge_moments(shards, counts.data(), c, in[0], out[0], out[1]);
      });
    }
  }
}

// Σd² over deviations from a mean that is off by e: m2 + n e², each of n additions rounding once.
TEST(Columns, MomentsKeepTheirDigitsUnderALargeMean) {
  const Size rows = 300, c = 37;
  Numbers x = some_numbers(rows * c);
  for (float& v : x) v += 1e6f;
  const std::vector<double> exact(x.begin(), x.end());
  std::vector<double> mean(c), m2(c);
  column_moments(exact.data(), rows, c, mean.data(), m2.data());
  on_every_target([&] {
    Numbers got_mean(c), got_m2(c);
    column_moments(x.data(), rows, c, got_mean.data(), got_m2.data());
    const double off = 8 * Rounded::unit * 1e6;
    for (std::size_t j = 0; j < std::size_t(c); ++j) {
      EXPECT_NEAR(got_mean[j], mean[j], off);
      EXPECT_NEAR(got_m2[j], m2[j], rows * 2 * Rounded::unit * (m2[j] + rows * off * off));
    }
  });
}

TEST(Columns, MergedShardsHaveTheMomentsOfTheWhole) {
  const Size rows = 96, c = 19, shards = 3;
  const Numbers x = some_numbers(rows * c);
  const std::vector<Rounded> exact(x.begin(), x.end());
  std::vector<Rounded> mean(c), m2(c);
  column_moments(exact.data(), rows, c, mean.data(), m2.data());
  const std::vector<Size> counts{10, 50, 36};
  Numbers moments(std::size_t(shards * 2 * c)), got_mean(c), got_m2(c);
  for (Size s = 0, begin = 0; s < shards; begin += counts[std::size_t(s++)]) {
    float* slot = moments.data() + s * 2 * c;
    column_moments(x.data() + begin * c, counts[std::size_t(s)], c, slot, slot + c);
  }
  merge_moments(shards, counts.data(), c, moments.data(), got_mean.data(), got_m2.data());
  expect_close(got_mean, mean);
  expect_close(got_m2, m2);
}

TEST(Columns, MayWriteOverX) {
  const Numbers x = some_numbers(7 * 21), row = some_numbers(21, 5);
  expect_in_place({x, row}, 7 * 21,
                  [](auto in, auto out) { add_row(in[0], in[1], out[0], 7, 21); });
  expect_in_place({x, row, row}, 7 * 21,
                  [](auto in, auto out) { scale_shift(in[0], in[1], in[2], out[0], 7, 21); });
  Numbers partials = some_numbers(5 * 40), sums(40);
  merge_sums(5, 40, 40, partials.data(), sums.data());
  merge_sums(5, 40, 40, partials.data(), partials.data());
  partials.resize(40);
  EXPECT_TRUE(same_bits(partials, sums));
}

TEST(Columns, GivesTheSameBitsHoweverRowsAreCut) {
  const Numbers x = some_numbers(11 * 37), a = some_numbers(37, 2), b = some_numbers(37, 3);
  expect_cut_free(11, 37, [&](Size begin, Size end, float* out) {
    scale_shift(x.data() + begin * 37, a.data(), b.data(), out, end - begin, 37);
  });
}

TEST(Columns, NanAndInfinityReachTheirColumnOnly) {
  Numbers x(3 * 20, 1.0f), sums(20), mean(20), m2(20);
  x[25] = not_a_number;
  x[26] = infinity;
  on_every_target([&] {
    column_sums(x.data(), 3, 20, sums.data());
    column_moments(x.data(), 3, 20, mean.data(), m2.data());
    for (std::size_t j = 0; j < 20; ++j) {
      EXPECT_EQ(std::isfinite(sums[j]), j != 5 && j != 6);
      EXPECT_EQ(std::isfinite(m2[j]), j != 5 && j != 6);
    }
  });
}

}  // namespace
}  // namespace goodfit::kernels
