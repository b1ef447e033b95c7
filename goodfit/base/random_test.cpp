#include "goodfit/base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <thread>
#include <vector>

namespace goodfit {
namespace {

using Words = std::array<std::uint32_t, 4>;

// The known answers that the authors of Philox publish with Random123 (philox4x32, 10 rounds).
TEST(Philox, AgreesWithThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, CanBeComputedWhileCompiling) {
  static_assert(philox({0, 0, 0, 0}, {0, 0})[0] == 0x6627e8d5);
}

// Known answers of FNV-1a: the offset basis, and "a" and "foobar" from the authors' page.
TEST(StreamOf, IsFnv1a) {
  static_assert(stream_of("") == 0x811c9dc5);
  EXPECT_EQ(stream_of("a"), 0xe40c292cu);
  EXPECT_EQ(stream_of("foobar"), 0xbf9cf968u);
}

TEST(Random, IsTheCounterInOrder) {
  Random random(0x0000000200000001, 9, 4);
  const Words first = philox({0, 0, 4, 9}, {1, 2}), second = philox({1, 0, 4, 9}, {1, 2});
  for (const std::uint32_t word : first) EXPECT_EQ(random.word(), word);
  for (const std::uint32_t word : second) EXPECT_EQ(random.word(), word);
}

TEST(Random, SeedStreamAndStepEachChangeEverything) {
  std::set<std::uint32_t> firsts;
  for (const auto& [seed, stream, step] : {std::array{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}})
    firsts.insert(Random(std::uint64_t(seed), std::uint32_t(stream), std::uint32_t(step)).word());
  EXPECT_EQ(firsts.size(), 4u);
  EXPECT_NE(Random(1ull << 32, 0).word(), Random(0, 0).word());
}

TEST(Random, UniformFillsTheUnitIntervalEvenly) {
  Random random(7, stream_of("test"));
  constexpr int n = 200000;
  std::array<int, 10> bins{};
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    ++bins[std::size_t(u * 10)];
    sum += u;
  }
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));
  for (const int bin : bins) EXPECT_NEAR(bin, n / 10, 5 * std::sqrt(n * 0.09));
}

TEST(Random, NormalHasTheMomentsOfANormal) {
  Random random(7, 1);
  constexpr int n = 400000;
  double m1 = 0, m2 = 0, m3 = 0, m4 = 0, pairs = 0, before = 0;
  for (int i = 0; i < n; ++i) {
    const double z = random.normal();
    m1 += z / n, m2 += z * z / n, m3 += z * z * z / n, m4 += z * z * z * z / n;
    pairs += before * z / n;
    before = z;
  }
  const double error = 5 / std::sqrt(double(n));
  EXPECT_NEAR(m1, 0, error);
  EXPECT_NEAR(m2, 1, error * std::sqrt(2));
  EXPECT_NEAR(m3, 0, error * std::sqrt(15));
  EXPECT_NEAR(m4, 3, error * std::sqrt(96));
  EXPECT_NEAR(pairs, 0, error);
}

TEST(Random, BelowIsEvenAndStaysBelow) {
  Random random(3, 2);
  std::array<int, 7> seen{};
  for (int i = 0; i < 70000; ++i) ++seen.at(std::size_t(random.below(7)));
  for (const int count : seen) EXPECT_NEAR(count, 10000, 5 * std::sqrt(10000.0));
  EXPECT_EQ(random.below(1), 0);
  for (int i = 0; i < 1000; ++i) EXPECT_LT(random.below(Size{3} << 61), Size{3} << 61);
  EXPECT_THROW(random.below(0), std::logic_error);
}

TEST(Random, APermutationHoldsEachNumberOnceAndAllOrdersAreEquallyLikely) {
  Random random(3, 3);
  std::vector<Size> order = permutation(1000, random);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (Size i = 0; i < 1000; ++i) EXPECT_EQ(order[std::size_t(i)], i);
  EXPECT_TRUE(permutation(0, random).empty());

  std::array<int, 27> seen{};
  for (int i = 0; i < 60000; ++i) {
    const std::vector<Size> p = permutation(3, random);
    ++seen[std::size_t(p[0] * 9 + p[1] * 3 + p[2])];
  }
  for (const std::size_t code : {5, 7, 11, 15, 19, 21}) EXPECT_NEAR(seen[code], 10000, 500);
}

TEST(Random, AStreamIsTheSameWhicheverThreadDrawsIt) {
  std::vector<std::uint32_t> here, there;
  const auto draw = [](std::vector<std::uint32_t>& to) {
    Random random(11, 5, 6);
    for (int i = 0; i < 1000; ++i) to.push_back(random.word());
  };
  draw(here);
  std::thread(draw, std::ref(there)).join();
  EXPECT_EQ(here, there);
}

}  // namespace
}  // namespace goodfit
