#include "goodfit/parts/layers/switchable_norm.hpp"

#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/group_norm.hpp"
#include "goodfit/parts/layers/instance_norm.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

const Numbers some{1, 2, 4, -1, 0, 3, 5, 5, -3, 2, 2, 7, 1, 1, 6, -2};

// With all the weight on one of the three; two samples of two positions and four channels.
Numbers switched(std::size_t to, Mode mode = Mode::train) {
  Built net({SwitchableNorm{}}, {2, 4}, 2, mode);
  std::vector<float> weights(3, 0);
  weights[to] = 100;
  net.set("layers.0.mean_weight", weights);
  net.set("layers.0.var_weight", weights);
  return net.run(some);
}

}  // namespace

TEST(SwitchableNorm, IsEachOfItsThreeWithAllTheWeightOnIt) {
  expect_numbers(switched(0), outputs_of(InstanceNorm{}, {2, 4}, some));
  expect_numbers(switched(1), outputs_of(GroupNorm{.groups = 1}, {2, 4}, some));
  expect_numbers(switched(2), outputs_of(BatchNorm{}, {2, 4}, some));
}

TEST(SwitchableNorm, MixesEquallyAtFirst) {
  // Channels -1, 1 and 3, 5 of one sample. Instance: 0 and 4 with variances 1; layer: 2 and 5; the
  // batch is the sample. Means 2 / 3 and 10 / 3, variances 7 / 3.
  Built net({SwitchableNorm{.eps = 2.0 / 3}}, {2, 2}, 1);
  const double s = std::sqrt(3.0);
  expect_numbers(net.run({-1, 3, 1, 5}), {-5 / 3.0 / s, -1 / 3.0 / s, 1 / 3.0 / s, 5 / 3.0 / s});
}

TEST(SwitchableNorm, EvaluatesByTheRunningStatisticsInPlaceOfTheBatch) {
  for (const Mode mode : {Mode::evaluate, Mode::sample}) {
    Built net({SwitchableNorm{.eps = 1}}, {2, 1}, 1, mode);
    net.set("layers.0.mean_weight", {0, 0, 100});
    net.set("layers.0.var_weight", {0, 0, 100});
    net.set("layers.0.running_mean", {2});
    net.set("layers.0.running_var", {3});
    expect_numbers(net.run({6, 2}), {2, 0});
    expect_numbers(switched(0, mode), outputs_of(InstanceNorm{}, {2, 4}, some));
  }
}

TEST(SwitchableNorm, KeepsRunningStatisticsAsBatchNormDoes) {
  Built ours({SwitchableNorm{}}, {2, 4}, 2), theirs({BatchNorm{}}, {2, 4}, 2);
  ours.run(some);
  theirs.run(some);
  for (const char* name : {"layers.0.running_mean", "layers.0.running_var"})
    for (std::size_t c = 0; c < 4; ++c)
      EXPECT_NEAR(ours.store.at(name)[c], theirs.store.at(name)[c], 1e-6) << name;
}

TEST(SwitchableNorm, RefusesASinglePosition) {
  expect_error([] { Built({SwitchableNorm{}}, {4}, 2); },
               "layers.0 (switchable_norm): a channel of one position has no variance");
}

}  // namespace goodfit
