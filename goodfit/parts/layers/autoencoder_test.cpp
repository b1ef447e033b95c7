#include "goodfit/parts/layers/autoencoder.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Autoencoder, GivesAsManyNumbersAsItTakes) {
  EXPECT_EQ(Built({Autoencoder{}}, {7, 4, 1}, 2).y.shape(), Shape({2, 28}));
}

TEST(Autoencoder, PassesThroughItsHiddenUnits) {
  Built net({Autoencoder{.hidden = 1}}, {2}, 1);
  net.set("layers.0.body.1.weight", {1, 2});
  net.set("layers.0.body.1.bias", {-1});
  net.set("layers.0.body.3.weight", {3, 4});
  net.set("layers.0.body.3.bias", {0.5, 0});
  expect_numbers(net.run({1, 1}), {6.5, 8});
  expect_numbers(net.run({-1, 0}), {0.5, 0});
}

TEST(Autoencoder, DropsHiddenUnitsInTraining) {
  Built net({Autoencoder{.hidden = 400, .dropout = 0.5}}, {1}, 1);
  net.set("layers.0.body.1.weight", std::vector<float>(400, 1));
  net.set("layers.0.body.4.weight", std::vector<float>(400, 0.0025f));
  const double y = net.run({1})[0];
  EXPECT_NE(y, 1);
  EXPECT_NEAR(y, 1, 0.2);
}

}  // namespace goodfit
