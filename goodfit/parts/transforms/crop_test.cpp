#include "goodfit/parts/transforms/crop.hpp"

#include <set>

#include "goodfit/parts/transforms/testing.hpp"

namespace goodfit {
namespace {

// x[y + dy, x + dx] or 0, told in the simplest way.
std::vector<float> moved(const std::vector<float>& from, Size height, Size width, Size channels,
                         Size down, Size right) {
  std::vector<float> made;
  for (Size y = 0; y < height; ++y)
    for (Size x = 0; x < width; ++x)
      for (Size c = 0; c < channels; ++c) {
        const Size v = y + down, u = x + right;
        const bool inside = v >= 0 && v < height && u >= 0 && u < width;
        made.push_back(inside ? from[std::size_t((v * width + u) * channels + c)] : 0);
      }
  return made;
}

}  // namespace

TEST(Crop, EveryMoveOfItsRangeHappensAndNoOther) {
  const TestBatch still = counting({3, 4, 2}, 1);
  std::set<std::vector<float>> expected, found;
  for (Size down = -2; down <= 2; ++down)
    for (Size right = -2; right <= 2; ++right)
      expected.insert(moved(still.features, 3, 4, 2, down, right));
  ASSERT_EQ(expected.size(), 25u);
  Random random(3, 1);
  for (int i = 0; i < 400; ++i) {
    TestBatch batch = still;
    Crop{.padding = 2}.apply(batch.view(), random);
    found.insert(batch.features);
  }
  EXPECT_EQ(found, expected);
}

TEST(Crop, AMoveOutOfTheImageLeavesZeros) {
  Random random(5, 1);
  bool emptied = false;
  for (int i = 0; i < 100; ++i) {
    TestBatch batch = counting({1, 1, 1}, 1);
    Crop{.padding = 3}.apply(batch.view(), random);
    ASSERT_TRUE(batch.features[0] == 0 || batch.features[0] == 1);
    emptied = emptied || batch.features[0] == 0;
  }
  EXPECT_TRUE(emptied);
}

}  // namespace goodfit
