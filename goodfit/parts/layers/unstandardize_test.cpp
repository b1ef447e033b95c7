#include "goodfit/parts/layers/unstandardize.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Unstandardize, MultipliesByTheDeviationAndAddsTheMean) {
  for (const Mode mode : {Mode::train, Mode::evaluate, Mode::sample}) {
    Built net({Unstandardize{}}, {2}, 2, mode);
    net.set("layers.0.mean", {10, 1});
    net.set("layers.0.std", {2, 0.5});
    expect_numbers(net.run({0, 1, -1, 4}), {10, 1.5, 8, 3});
  }
}

TEST(Unstandardize, AsksForItsNumbersToBeFittedOnTheTargets) {
  const Built net({Unstandardize{}}, {1}, 2);
  ASSERT_EQ(net.net.fits().size(), 1u);
  EXPECT_TRUE(net.net.fits()[0].targets);
  EXPECT_EQ(net.net.fits()[0].deviation, "layers.0.std");
  EXPECT_TRUE(net.names(true).empty());
}

}  // namespace goodfit
