#include "goodfit/parts/layers/table_inputs.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

const double gap = std::nan("");

TEST(TableInputs, NumbersAreStandardizedAndMissingOnesAreTheMean) {
  Built net({TableInputs{.values = {0, 0}, .clip = 0}}, {2}, 3);
  net.set("layers.0.mean", {10, 1});
  net.set("layers.0.std", {2, 0.5});
  expect_numbers(net.run({14, 0, gap, 2, 10, gap}), {2, -2, 0, 2, 0, 0});
}

TEST(TableInputs, AMissingValueMayHaveAnInputOfItsOwn) {
  Built net({TableInputs{.values = {0, 3}, .missing = {0}, .clip = 0}}, {2}, 2);
  expect_numbers(net.run({gap, 2, 5, 3}), {0, 0, 1, 0, 1, 5, 0, 0, 1, 0});
}

TEST(TableInputs, ASoftClipLeavesSmallNumbersAndEndsWildOnes) {
  Built net({TableInputs{.values = {0}, .clip = 3}}, {1}, 3);
  expect_numbers(net.run({0.1, -3, 1e6}), {0.1 / std::sqrt(1 + 0.01 / 9), -3 / std::sqrt(2), 3},
                 1e-5);
}

TEST(TableInputs, FewValuesAreOneHotAndOtherOnesNone) {
  Built net({TableInputs{.values = {3}}}, {1}, 4);
  expect_numbers(net.run({1, 3, 0, gap}), {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
}

TEST(TableInputs, ManyValuesAreLearnedVectors) {
  EXPECT_EQ(TableInputs::width_of(9), 5);     // 1.6 · 9^0.56 = 5.5 … rounds to
  EXPECT_EQ(TableInputs::width_of(100), 21);  // 21.1
  Built net({TableInputs{.values = {2, 0}, .one_hot = 1}}, {2}, 2);
  EXPECT_EQ(net.names(true), (std::vector<std::string>{"layers.0.vectors.0"}));
  net.set("layers.0.vectors.0", {9, 9, 1, 2, 3, 4});
  expect_numbers(net.run({2, 0, 0, 0}), {0, 3, 4, 0, 9, 9});
}

TEST(TableInputs, SaysWhatDoesNotFit) {
  expect_error([] { Built({TableInputs{.values = {0}}}, {2}, 2); }, "values has 1 numbers");
  expect_error(
      [] {
        Built({TableInputs{.values = {0, 0}, .missing = {2}}}, {2}, 2);
      },
      "there is no column 2");
  Built net({TableInputs{.values = {2}}}, {1}, 1);
  expect_error([&] { net.run({3}); }, "the category 3 is not allowed");
}

}  // namespace goodfit
