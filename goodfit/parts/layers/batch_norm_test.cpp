#include "goodfit/parts/layers/batch_norm.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(BatchNorm, GivesEachChannelMeanZeroAndVarianceOne) {
  // Channel 0: 1, 3, 5, 7: mean 4, variance 5. Channel 1 never changes.
  Built net({BatchNorm{.eps = 1e-12}}, {2}, 4);
  const double s = std::sqrt(5.0);
  expect_numbers(net.run({1, 2, 3, 2, 5, 2, 7, 2}), {-3 / s, 0, -1 / s, 0, 1 / s, 0, 3 / s, 0});
}

TEST(BatchNorm, AddsEpsToTheVariance) {
  Built net({BatchNorm{.eps = 3}}, {1}, 2);
  expect_numbers(net.run({-1, 1}), {-0.5, 0.5});
}

TEST(BatchNorm, ScalesAndShifts) {
  Built net({BatchNorm{.eps = 3}}, {1}, 2);
  net.set("layers.0.weight", {4});
  net.set("layers.0.bias", {10});
  expect_numbers(net.run({-1, 1}), {8, 12});
}

TEST(BatchNorm, KeepsRunningStatisticsWithTheUnbiasedVariance) {
  Built net({BatchNorm{.momentum = 0.25}}, {1}, 4);
  net.run({1, 3, 5, 7});
  expect_stored(net, "layers.0.running_mean", {0.25 * 4});
  expect_stored(net, "layers.0.running_var", {0.75 + 0.25 * 20.0 / 3});
  net.run({1, 3, 5, 7});
  expect_stored(net, "layers.0.running_mean", {0.75 + 1});
}

TEST(BatchNorm, EvaluatesAndSamplesByTheRunningStatistics) {
  for (const Mode mode : {Mode::evaluate, Mode::sample}) {
    Built net({BatchNorm{.eps = 1}}, {1}, 1, mode);
    net.set("layers.0.running_mean", {2});
    net.set("layers.0.running_var", {3});
    net.set("layers.0.weight", {5});
    net.set("layers.0.bias", {1});
    expect_numbers(net.run({6}), {5 * 2 + 1});
    expect_stored(net, "layers.0.running_mean", {2});
    expect_stored(net, "layers.0.running_var", {3});
  }
}

TEST(BatchNorm, TakesItsStatisticsOverPositionsToo) {
  Built net({BatchNorm{.eps = 3}}, {2, 1}, 1);  // one sample of two positions
  expect_numbers(net.run({-1, 1}), {-0.5, 0.5});
  EXPECT_FALSE(net.net.uses_batch_statistics);
}

TEST(BatchNorm, NamesItsNumbersAsPyTorch) {
  const Built net({BatchNorm{}}, {3}, 2);
  EXPECT_EQ(net.names(true), (Names{"layers.0.weight", "layers.0.bias"}));
  EXPECT_EQ(net.names(false), (Names{"layers.0.running_mean", "layers.0.running_var"}));
  EXPECT_TRUE(net.net.weights().empty()) << "a scale is not regularized";
  EXPECT_TRUE(net.net.uses_batch_statistics);
}

TEST(BatchNorm, WithoutAffineLearnsNothing) {
  Built net({BatchNorm{.eps = 3, .affine = false}}, {1}, 2);
  EXPECT_TRUE(net.names(true).empty());
  expect_numbers(net.run({-1, 1}), {-0.5, 0.5});
}

TEST(BatchNorm, RefusesABatchOfOneSample) {
  expect_error([] { Built({BatchNorm{}}, {3}, 1); },
               "layers.0 (batch_norm): a batch of one sample has no variance; choose batch = 2 or "
               "more, or layer_norm");
  EXPECT_NO_THROW(Built({BatchNorm{}}, {3}, 1, Mode::evaluate));
}

}  // namespace goodfit
