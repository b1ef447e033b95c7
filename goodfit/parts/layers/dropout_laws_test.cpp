// Laws of the kinds of dropout: what they do on average, to which samples, and when.
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/parts/layers/examples_testing.hpp"

namespace goodfit {
namespace {

constexpr Size rows = 6, channels = 4;
const Shape sample{4, 5, channels};
constexpr Size units = 80;

const std::vector<Layer>& kinds() {
  static const std::vector<Layer> all{
      Dropout{.p = 0.3},         Dropout{.p = 0.3, .scale = "predict"},
      SpatialDropout{.p = 0.3},  AlphaDropout{.p = 0.3},
      GaussianDropout{.p = 0.3}, DropBlock{.p = 0.3, .block = 2},
      DropPath{.p = 0.3},        Noise{.sigma = 0.5}};
  return all;
}
std::string text(const Layer& layer) { return layer.write(Which::changed).shown(); }

Numbers some_inputs() {
  Numbers x;
  for (Size i = 0; i < rows * units; ++i) x.push_back(1 + std::sin(double(i)));
  return x;
}

// The layer's outputs for these inputs as a plan in float, for each of some steps.
std::vector<std::vector<float>> planned(const Layer& layer, const Numbers& x, int threads,
                                        std::uint32_t steps) {
  Built net({layer}, sample, rows);
  PlanOptions always;
  always.flops_worth_threads = 0;
  const Plan plan = make_plan(net.graph, {net.y.id}, always);
  Threads pool(threads);
  Executor executor(plan, net.store, pool);
  std::vector<std::vector<float>> all;
  for (std::uint32_t step = 0; step < steps; ++step) {
    std::copy(x.begin(), x.end(), executor.input("input").begin());
    executor.run(rows, 1, step);
    const ConstSpan y = executor.root(0);
    all.emplace_back(y.begin(), y.end());
  }
  return all;
}

}  // namespace

// A layer that is random and new must be among the kinds.
TEST(DropoutLaws, SpeakOfEveryLayerThatIsRandom) {
  std::set<std::string> spoken, random;
  for (const Layer& layer : kinds()) spoken.insert(std::string(layer.key()));
  for (const LayerExample& example : layer_examples()) {
    Built net(example.layers, example.sample, 4);
    const Numbers x(std::size_t(4 * example.sample.count()), 1.0);
    const Store fresh = net.store;
    const Numbers first = net.run(x, 1, 0);
    net.store = fresh;
    const std::string key(example.layers[0].key());
    const bool holds_others = key == "residual" || key == "autoencoder";
    if (net.run(x, 2, 0) != first && !holds_others) random.insert(key);
  }
  EXPECT_EQ(random, spoken);
}

// The mean of K passes has deviation s / √K, with s that of one pass, which is measured.
TEST(DropoutLaws, TheMeanOfManyPassesIsWhatEvaluationGives) {
  constexpr std::uint32_t passes = 2000;
  for (const Layer& layer : kinds()) {
    if (layer.key() == "alpha_dropout" || layer.key() == "drop_block") continue;  // see below
    const Numbers x = some_inputs();
    const Numbers wanted = Built({layer}, sample, rows, Mode::evaluate).run(x);
    const auto all = planned(layer, x, 1, passes);
    for (std::size_t i = 0; i < x.size(); ++i) {
      double sum = 0, squares = 0;
      for (const auto& y : all) {
        sum += double(y[i]);
        squares += double(y[i]) * double(y[i]);
      }
      const double mean = sum / passes, deviation = std::sqrt(squares / passes - mean * mean);
      ASSERT_NEAR(mean, wanted[i], 5 * deviation / std::sqrt(passes) + 1e-6)
          << text(layer) << ", unit " << i;
    }
  }
}

TEST(DropoutLaws, AlphaDropoutKeepsMeanZeroAndVarianceOne) {
  Random random(9, 0);
  for (const double p : {0.1, 0.5, 0.8}) {
    Numbers x;
    for (int i = 0; i < 200000; ++i) x.push_back(random.normal());
    const Numbers y = outputs_of(AlphaDropout{.p = p}, {100}, x);
    double sum = 0, squares = 0;
    for (const double v : y) sum += v, squares += v * v;
    EXPECT_NEAR(sum / 200000, 0, 5 / std::sqrt(200000.0)) << p;
    EXPECT_NEAR(squares / 200000, 1, 5 * std::sqrt(3.0 / 200000)) << p;
  }
}

TEST(DropoutLaws, DropBlockKeepsTheSumOfEqualUnits) {
  for (const auto& y : planned(DropBlock{.p = 0.3, .block = 2}, Numbers(rows * units, 1.0), 1, 20))
    for (Size n = 0; n < rows; ++n) {
      double sum = 0;
      for (Size i = 0; i < units; ++i) sum += double(y[std::size_t(n * units + i)]);
      EXPECT_NEAR(sum, units, 1e-4);
    }
}

TEST(DropoutLaws, EvaluationDoesNothingUnlessItScales) {
  const Numbers x = some_inputs();
  for (const Layer& layer : kinds())
    if (text(layer).find("predict") == std::string::npos) {
      EXPECT_EQ(Built({layer}, sample, rows, Mode::evaluate).run(x), x) << text(layer);
    }
}

TEST(DropoutLaws, SamplingIsAsRandomAsTraining) {
  const Numbers x = some_inputs();
  for (const Layer& layer : kinds()) {
    const Numbers trained = Built({layer}, sample, rows, Mode::train).run(x);
    EXPECT_EQ(Built({layer}, sample, rows, Mode::sample).run(x), trained) << text(layer);
    EXPECT_NE(trained, x) << text(layer);
    EXPECT_NE(Built({layer}, sample, rows, Mode::sample).run(x, 1, 1), trained) << text(layer);
    EXPECT_NE(Built({layer}, sample, rows, Mode::sample).run(x, 2, 0), trained) << text(layer);
  }
}

TEST(DropoutLaws, WhatHappensToASampleDoesNotDependOnTheOthers) {
  const Numbers x = some_inputs();
  Numbers other = x;
  for (Size i = 0; i < units; ++i) other[std::size_t(i)] = 7;
  for (const Layer& layer : kinds()) {
    const auto before = planned(layer, x, 1, 3), after = planned(layer, other, 1, 3);
    for (std::size_t step = 0; step < 3; ++step)
      EXPECT_TRUE(
          std::equal(before[step].begin() + units, before[step].end(), after[step].begin() + units))
          << text(layer);
  }
}

TEST(DropoutLaws, SamplesAreDroppedApart) {
  const Numbers ones(rows * units, 1.0);
  for (const Layer& layer : kinds()) {
    const auto all = planned(layer, ones, 1, 20);
    const auto alike = [&](const std::vector<float>& y) {
      return std::equal(y.begin(), y.begin() + units, y.begin() + units);
    };
    EXPECT_FALSE(std::all_of(all.begin(), all.end(), alike)) << text(layer);
  }
}

TEST(DropoutLaws, BitsDoNotDependOnTheNumberOfThreads) {
  const Numbers x = some_inputs();
  for (const Layer& layer : kinds())
    EXPECT_EQ(planned(layer, x, 3, 3), planned(layer, x, 1, 3)) << text(layer);
}

}  // namespace goodfit
