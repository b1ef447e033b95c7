#include "goodfit/parts/parametrizations/drop_connect.hpp"

#include "goodfit/parts/parametrizations/testing.hpp"

namespace goodfit {

TEST(DropConnect, KeepsAWeightEnlargedOrDropsIt) {
  Built net({dense_by({DropConnect{.p = 0.25}}, 40)}, {50}, 50);
  const ConstSpan all = net.store.at("layers.0.weight");
  const Numbers w = weight_in(net, 50);
  int dropped = 0;
  for (std::size_t i = 0; i < w.size(); ++i)
    if (w[i] == 0)
      ++dropped;
    else
      ASSERT_NEAR(w[i], double(all[i]) / 0.75, 1e-6);
  EXPECT_NEAR(dropped / 2000.0, 0.25, 4 * std::sqrt(0.25 * 0.75 / 2000));
}

TEST(DropConnect, TheMeanOverStepsIsTheWeight) {
  Built net({dense_by({DropConnect{.p = 0.5}}, 2)}, {3}, 3);
  const ConstSpan all = net.store.at("layers.0.weight");
  Numbers sum(6, 0);
  for (std::uint32_t step = 0; step < 4000; ++step) {
    const Numbers w = weight_in(net, 3, step);
    for (std::size_t i = 0; i < 6; ++i) sum[i] += w[i] / 4000;
  }
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(sum[i], double(all[i]), 5 * std::abs(double(all[i])) / std::sqrt(4000.0));
}

TEST(DropConnect, RestsInEvaluationAndWorksInSampling) {
  Built evaluate({dense_by({DropConnect{}})}, {4}, 4, Mode::evaluate);
  const ConstSpan all = evaluate.store.at("layers.0.weight");
  expect_numbers(weight_in(evaluate, 4), Numbers(all.begin(), all.end()), 1e-7);
  Built sample({dense_by({DropConnect{}}, 20)}, {4}, 4, Mode::sample);
  EXPECT_NE(weight_in(sample, 4, 1), weight_in(sample, 4, 2));
}

}  // namespace goodfit
