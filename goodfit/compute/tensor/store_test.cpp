#include "goodfit/compute/tensor/store.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace goodfit {

TEST(Store, KeepsTensorsByName) {
  Store store;
  EXPECT_TRUE(store.add("w", {2, 3}, true));
  EXPECT_TRUE(store.add("m", {3}, false));
  EXPECT_EQ(store.at("w").size(), 6u);
  EXPECT_EQ(store.at("m").size(), 3u);
  EXPECT_TRUE(store.has("w"));
  EXPECT_FALSE(store.has("v"));
  EXPECT_EQ(store.tensors()[1].name, "m");
}

TEST(Store, BeginsWithZeros) {
  Store store;
  store.add("w", {100}, true);
  EXPECT_TRUE(std::ranges::all_of(store.at("w"), [](float x) { return x == 0; }));
}

TEST(Store, AddedAgainIsTheSameTensor) {
  Store store;
  store.add("w", {2}, true);
  store.at("w")[1] = 5;
  EXPECT_FALSE(store.add("w", {2}, true));
  EXPECT_EQ(store.at("w")[1], 5);
  EXPECT_EQ(store.tensors().size(), 1u);
}

TEST(Store, AddingKeepsWhatIsThere) {
  Store store;
  store.add("a", {3}, true);
  store.at("a")[2] = 7;
  for (int i = 0; i < 50; ++i) store.add(std::to_string(i), {100}, true);
  EXPECT_EQ(store.at("a")[2], 7);
}

TEST(Store, PutsTensorsOnLinesOfTheirOwn) {
  Store store;
  store.add("a", {17}, true);
  store.add("b", {1}, true);
  EXPECT_EQ(store.at("b").data() - store.at("a").data(), 32);
  EXPECT_EQ(store.all().size(), 48u);
}

TEST(Store, CountsWhatIsTrained) {
  Store store;
  store.add("w", {2, 3}, true);
  store.add("m", {3}, false);
  EXPECT_EQ(store.trained_count(), 6);
}

TEST(Store, CopyingAllRestoresAll) {
  Store store;
  store.add("w", {20}, true);
  store.at("w")[3] = 1;
  const std::vector<float> before(store.all().begin(), store.all().end());
  store.at("w")[3] = 2;
  std::copy(before.begin(), before.end(), store.all().begin());
  EXPECT_EQ(store.at("w")[3], 1);
}

TEST(Store, RefusesAnotherShapeAndUnknownNames) {
  Store store;
  store.add("w", {2, 3}, true);
  EXPECT_THROW(store.add("w", {3, 2}, true), std::logic_error);
  EXPECT_THROW(store.at("v"), std::logic_error);
}

}  // namespace goodfit
