#include "goodfit/parts/datasets/read_ahead.hpp"

#include <atomic>
#include <chrono>

#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {
namespace {

using Rows = std::vector<Size>;

// Sample i is i, 10 i; counts what is read.
struct Counted {
  std::shared_ptr<ReadAhead> reader(int threads, Size count = 100) {
    return std::make_shared<ReadAhead>(count, 2, threads, [this](Size row, Span features) {
      ++reads;
      if (row == broken) fail("sample {} is broken", row);
      if (row % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(300));
      features[0] = float(row), features[1] = float(10 * row);
    });
  }
  // Waits until nothing more is read.
  Size settled() const {
    for (Size before = -1; before != reads;) {
      before = reads;
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
    return reads;
  }
  std::atomic<Size> reads = 0;
  Size broken = -1;
};

Floats taken(ReadAhead& reader, const Rows& rows) {
  Floats features(2 * rows.size());
  reader.take(rows, features);
  return features;
}

}  // namespace

TEST(ReadAhead, GivesWhatIsWantedForAnyNumberOfThreads) {
  for (const int threads : {0, 1, 2, 5}) {
    Counted counted;
    const auto reader = counted.reader(threads);
    Rows order;
    for (Size i = 0; i < 300; ++i) order.push_back(i * 37 % 100);
    reader->expect(order, 8);
    for (std::size_t i = 0; i < order.size(); i += 3) {
      const Rows rows{order.begin() + std::ptrdiff_t(i), order.begin() + std::ptrdiff_t(i) + 3};
      const float a = float(rows[0]), b = float(rows[1]), c = float(rows[2]);
      EXPECT_EQ(taken(*reader, rows), (Floats{a, 10 * a, b, 10 * b, c, 10 * c}));
    }
    EXPECT_EQ(counted.reads, 300) << "each expected sample is read once";
  }
}

TEST(ReadAhead, ReadsNoFurtherThanItsPlaces) {
  Counted counted;
  const auto reader = counted.reader(3);
  Rows order;
  for (Size i = 0; i < 100; ++i) order.push_back(i);
  reader->expect(order, 10);
  EXPECT_EQ(counted.settled(), 10);
  taken(*reader, {0, 1, 2, 3});
  EXPECT_EQ(counted.settled(), 14);
}

TEST(ReadAhead, WhatNobodyExpectedIsReadAllTheSame) {
  Counted counted;
  const auto reader = counted.reader(2);
  EXPECT_EQ(taken(*reader, {3, 1}), (Floats{3, 30, 1, 10}));
  reader->expect({5, 6, 7, 8}, 2);
  EXPECT_EQ(taken(*reader, {5}), (Floats{5, 50}));
  EXPECT_EQ(taken(*reader, {50, 51, 52}), (Floats{50, 500, 51, 510, 52, 520}));
  EXPECT_EQ(taken(*reader, {6, 7, 8}), (Floats{6, 60, 7, 70, 8, 80}));
  EXPECT_EQ(taken(*reader, {}), Floats{});
}

TEST(ReadAhead, AnErrorComesWhereItsSampleIsTaken) {
  Counted counted;
  counted.broken = 3;
  const auto reader = counted.reader(2);
  reader->expect({1, 2, 3, 4}, 4);
  EXPECT_EQ(counted.settled(), 4);
  EXPECT_EQ(taken(*reader, {1, 2}), (Floats{1, 10, 2, 20}));
  for (int times = 0; times < 2; ++times)
    EXPECT_EQ(error_of([&] { taken(*reader, {3, 4}); }), "sample 3 is broken");
  EXPECT_EQ(taken(*reader, {5}), (Floats{5, 50}));
}

TEST(ReadAhead, SomeRowsMakeAReaderOfTheirOwn) {
  Counted counted;
  const auto some = counted.reader(2)->only({9, 4});
  EXPECT_EQ(some->count(), 2);
  EXPECT_EQ(taken(*some, {1, 0}), (Floats{4, 40, 9, 90}));
}

TEST(ReadAhead, MayEndInTheMiddle) {
  Counted counted;
  for (int times = 0; times < 50; ++times) counted.reader(3)->expect({1, 2, 3, 4, 5, 6, 7}, 4);
  EXPECT_LE(counted.reads, 50 * 7);
}

}  // namespace goodfit
