#include "goodfit/parts/layers/batch_renorm.hpp"

#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

// One channel whose running mean is 1 and whose running variance + ε is 4; the batch has 6 and 16.
Numbers of_two(BatchRenorm layer, std::uint32_t step = 0) {
  layer.eps = 1;
  Built net({layer}, {1}, 2);
  net.set("layers.0.running_mean", {1});
  net.set("layers.0.running_var", {3});
  const double apart = std::sqrt(15.0);
  return net.run({6 - apart, 6 + apart}, 1, step);
}
const double xhat = std::sqrt(15.0) / 4;

}  // namespace

TEST(BatchRenorm, WithinItsLimitsNormalizesByTheRunningStatistics) {
  // r = 4 / 2 and d = 5 / 2: (x − 1) / 2.
  const double apart = std::sqrt(15.0);
  expect_numbers(of_two({.warmup = 0}), {(5 - apart) / 2, (5 + apart) / 2});
}

TEST(BatchRenorm, KeepsItsCorrectionsWithinTheirLimits) {
  expect_numbers(of_two({.r_max = 1.5, .d_max = 2, .warmup = 0}), {2 - 1.5 * xhat, 2 + 1.5 * xhat});
}

TEST(BatchRenorm, BeginsAsBatchNorm) {
  expect_numbers(of_two({}), {-xhat, xhat});
  expect_numbers(of_two({.r_max = 1, .d_max = 0, .warmup = 0}), {-xhat, xhat});
}

TEST(BatchRenorm, WidensItsLimitsDuringTheWarmup) {
  // A quarter of the way: r up to 1 + 0.5, d up to 1.25.
  const BatchRenorm layer{.r_max = 3, .d_max = 5, .warmup = 100};
  expect_numbers(of_two(layer, 25), {1.25 - 1.5 * xhat, 1.25 + 1.5 * xhat});
  expect_numbers(of_two(layer, 100), of_two({.warmup = 0}));
}

TEST(BatchRenorm, KeepsRunningStatisticsAsBatchNormDoes) {
  Built ours({BatchRenorm{.momentum = 0.25}}, {1}, 4),
      theirs({BatchNorm{.momentum = 0.25}}, {1}, 4);
  ours.run({1, 3, 5, 7});
  theirs.run({1, 3, 5, 7});
  for (const char* name : {"layers.0.running_mean", "layers.0.running_var"})
    EXPECT_EQ(ours.store.at(name)[0], theirs.store.at(name)[0]) << name;
}

TEST(BatchRenorm, EvaluatesAsBatchNormDoes) {
  for (const Mode mode : {Mode::evaluate, Mode::sample}) {
    Built net({BatchRenorm{.eps = 1}}, {1}, 1, mode);
    net.set("layers.0.running_mean", {2});
    net.set("layers.0.running_var", {3});
    expect_numbers(net.run({6}), {2});
  }
}

TEST(BatchRenorm, RefusesABatchOfOneSample) {
  expect_error([] { Built({BatchRenorm{}}, {3}, 1); }, "a batch of one sample has no variance");
}

}  // namespace goodfit
