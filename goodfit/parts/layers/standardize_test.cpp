#include "goodfit/parts/layers/standardize.hpp"

#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Standardize, TakesAwayTheMeanAndDividesByTheDeviation) {
  for (const Mode mode : {Mode::train, Mode::evaluate, Mode::sample}) {
    Built net({Standardize{}}, {2}, 2, mode);
    net.set("layers.0.mean", {10, 1});
    net.set("layers.0.std", {2, 0.5});
    expect_numbers(net.run({10, 1, 14, 0}), {0, 0, 2, -2});
  }
}

TEST(Standardize, KeepsTheShapeOfAnImage) {
  Built net({Standardize{.per = "all"}}, {2, 2, 1}, 1);
  net.set("layers.0.mean", {1, 1, 1, 1});
  net.set("layers.0.std", {2, 2, 2, 2});
  EXPECT_EQ(net.y.shape(), Shape({1, 2, 2, 1}));
  expect_numbers(net.run({1, 3, 5, -1}), {0, 1, 2, -1});
}

TEST(Standardize, AsksForItsNumbersToBeFitted) {
  const Built by_feature({Standardize{}}, {3}, 2), by_all({Standardize{.per = "all"}}, {3}, 2);
  ASSERT_EQ(by_feature.net.fits().size(), 1u);
  EXPECT_EQ(by_feature.net.fits()[0].mean, "layers.0.mean");
  EXPECT_EQ(by_feature.net.fits()[0].deviation, "layers.0.std");
  EXPECT_TRUE(by_feature.net.fits()[0].per_feature);
  EXPECT_FALSE(by_all.net.fits()[0].per_feature);
}

TEST(Standardize, LearnsNothing) {
  const Built net({Standardize{}}, {3}, 2);
  EXPECT_TRUE(net.names(true).empty());
  EXPECT_EQ(net.names(false), (Names{"layers.0.mean", "layers.0.std"}));
}

TEST(Standardize, MustComeFirst) {
  expect_error(
      [] {
        Built({Relu{}, Standardize{}}, {3}, 2);
      },
      "layers.1 (standardize): it is fitted on the data, so it must be the first layer");
}

TEST(Standardize, KnowsTwoWays) {
  expect_error([] { Layer(Standardize{.per = "row"}); }, "standardize.per");
}

}  // namespace goodfit
