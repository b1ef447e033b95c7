#include "goodfit/parts/layers/instance_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(InstanceNorm, NormalizesEachChannelOfEachSampleOverItsPositions) {
  // Channels 1, 3 and 2, 2; then -4, 4 and 10, 12.
  Built net({InstanceNorm{.eps = 1e-12}}, {2, 2}, 2);
  expect_numbers(net.run({1, 2, 3, 2, -4, 10, 4, 12}), {-1, 0, 1, 0, -1, -1, 1, 1});
}

TEST(InstanceNorm, LearnsNothingUnlessAskedTo) {
  EXPECT_TRUE(Built({InstanceNorm{}}, {2, 2}, 1).store.tensors().empty());
  Built net({InstanceNorm{.eps = 3, .affine = true}}, {2, 1}, 1);
  net.set("layers.0.weight", {4});
  net.set("layers.0.bias", {10});
  expect_numbers(net.run({-1, 1}), {8, 12});
}

TEST(InstanceNorm, IsTheSameInAllModes) {
  const Numbers x{1, 2, 4, -1, 0, 3, 5, 5};
  const Numbers trained = outputs_of(InstanceNorm{}, {2, 2}, x, Mode::train);
  EXPECT_EQ(outputs_of(InstanceNorm{}, {2, 2}, x, Mode::evaluate), trained);
  EXPECT_EQ(outputs_of(InstanceNorm{}, {2, 2}, x, Mode::sample), trained);
}

TEST(InstanceNorm, RefusesASinglePosition) {
  expect_error([] { Built({InstanceNorm{}}, {4}, 2); },
               "layers.0 (instance_norm): a channel of one position has no variance");
}

}  // namespace goodfit
