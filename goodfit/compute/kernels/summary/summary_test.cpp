#include "goodfit/compute/kernels/summary/summary.hpp"

#include "goodfit/compute/kernels/kernel_testing.hpp"
#include "goodfit/compute/kernels/summary/summary_reference.hpp"

namespace goodfit::kernels {
namespace {

TEST(Summary, AddsUpWhatTheReferenceAddsUp) {
  on_every_target([] {
    for (const Size n : lengths()) {
      Numbers x = some_numbers(n, 1);
      const Numbers y = some_numbers(n, 2);
      for (Size i = 0; i < n; i += 3) x[std::size_t(i)] = 0;
      const double enough = 1e-12 * double(n);
      EXPECT_NEAR(sum(x.data(), n), reference::sum(x.data(), n), enough);
      EXPECT_NEAR(squares(x.data(), n, 0.3), reference::squares(x.data(), n, 0.3), 4 * enough);
      EXPECT_NEAR(distance(x.data(), y.data(), n), reference::distance(x.data(), y.data(), n),
                  4 * enough);
      EXPECT_EQ(zeros(x.data(), n), (n + 2) / 3);
    }
  });
}

TEST(Summary, CountsEachNumberInItsBin) {
  on_every_target([] {
    for (const Size n : lengths())
      for (const Size bins : {Size{1}, Size{24}, most_bins}) {
        const Numbers x = some_numbers(n, 1);
        std::vector<Size> found(std::size_t(bins), 5), wanted = found;
        count_bins(x.data(), n, 0.1, 0.7 * double(bins), bins, found.data());
        reference::count_bins(x.data(), n, 0.1, 0.7 * double(bins), bins, wanted.data());
        EXPECT_EQ(found, wanted) << n << " numbers in " << bins;
      }
  });
}

TEST(Summary, WhatIsNotFiniteShowsInTheSums) {
  on_every_target([] {
    Numbers x(40, 1.0f);
    x[3] = infinity;
    EXPECT_FALSE(std::isfinite(sum(x.data(), 40)));
    EXPECT_FALSE(std::isfinite(squares(x.data(), 40, 1)));
    x[3] = not_a_number;
    EXPECT_TRUE(std::isnan(distance(x.data(), Numbers(40).data(), 40)));
  });
}

}  // namespace
}  // namespace goodfit::kernels
