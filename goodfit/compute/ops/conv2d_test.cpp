// Gradients of weights that are larger than a shard of samples: made in parts, not in slots.
#include "goodfit/compute/ops/conv2d.hpp"

#include <gtest/gtest.h>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/compute/ops/batch_penalty.hpp"

namespace goodfit {
namespace {

const Window single, by_one{3, 1, 1, 1, 1}, by_two{5, 2, 1, 2, 2};

struct LargeWeight {
  std::string about;
  Shape sample, weight;
  std::function<Value(Value x, Value w)> apply;
};
const std::vector<LargeWeight> cases{
    {"by Winograd's convolution",
     {4, 4, 64},
     {512, 64, 3, 3},
     [](Value x, Value w) {
       return conv2d(x, w, {by_one, by_one});
     }},
    {"with copies, strided",
     {5, 3, 66},
     {200, 66, 5, 5},
     [](Value x, Value w) {
       return conv2d(x, w, {by_two, by_two});
     }},
    {"of one tap",
     {2, 1, 512},
     {520, 512, 1, 1},
     [](Value x, Value w) {
       return conv2d(x, w, {single, single});
     }},
    {"transposed",
     {2, 2, 200},
     {200, 66, 5, 5},
     [](Value x, Value w) {
       return conv_transpose2d(x, w, {by_two, by_two}, 3, 4);
     }},
};

double wave(std::size_t i, double pace) { return std::sin(pace * double(i + 1)); }

}  // namespace

TEST(Conv2dOps, GradientsOfLargeWeightsAreThoseOfFiniteDifferences) {
  for (const LargeWeight& now : cases) {
    Graph graph(2, 1);
    const Value x = graph.input(now.sample, "x"), w = graph.parameter(now.weight, "w");
    EXPECT_LT(gradient_error(now.apply(x, w), {w}, {.most = 2}), 1e-6) << now.about;
  }
}

TEST(Conv2dOps, GradientsOfLargeWeightsAreTheInterpretersOnAnyThreads) {
  for (const LargeWeight& now : cases) {
    SCOPED_TRACE(now.about);
    const Size rows = 5;
    Graph graph(rows, 2);
    const Value x = graph.input(now.sample, "x"), w = graph.parameter(now.weight, "w");
    const Value gradient = gradients(batch_penalty(now.apply(x, w), Norm::squares, 1), {w})[0];
    const Plan plan = make_plan(graph, {gradient.id}, {.flops_worth_threads = 0});
    EXPECT_NE(plan.text().find("conv2d_weight_gradient"), std::string::npos) << plan.text();
    Interpreter exact(graph);
    for (std::size_t i = 0; i < exact.at(x).size(); ++i) exact.at(x)[i] = float(wave(i, 1.7));
    for (std::size_t i = 0; i < exact.at(w).size(); ++i) exact.at(w)[i] = float(wave(i, 0.3));
    exact.run(rows);
    std::vector<float> of_one;
    for (const int count : {1, 2, 3}) {
      Store store;
      store.add("w", w.shape(), true);
      Threads threads(count);
      Executor executor(plan, store, threads);
      std::copy(exact.at(x).begin(), exact.at(x).end(), executor.input("x").begin());
      std::copy(exact.at(w).begin(), exact.at(w).end(), store.at("w").begin());
      executor.run(rows, 0, 0);
      const std::vector<float> found(executor.root(0).begin(), executor.root(0).end());
      if (count == 1) of_one = found;
      EXPECT_EQ(found, of_one) << count << " threads";
    }
    double largest = 0, error = 0;
    for (std::size_t i = 0; i < of_one.size(); ++i) {
      largest = std::max(largest, std::abs(exact.at(gradient)[i]));
      error = std::max(error, std::abs(exact.at(gradient)[i] - double(of_one[i])));
    }
    EXPECT_LT(error, 1e-5 * largest);
  }
}

}  // namespace goodfit
