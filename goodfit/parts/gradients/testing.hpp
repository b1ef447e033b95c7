// Testing: what a rule makes of gradients, for the tests beside the rules.
#pragma once
#include <gtest/gtest.h>

#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/parts/gradients/gradient_rule.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

struct Slope {
  Shape shape;
  std::vector<float> numbers;
};

// A graph whose parameters stand for the gradients.
struct Ruled {
  Ruled(const GradientRule& rule, const std::vector<Slope>& slopes) {
    for (const Slope& one : slopes)
      before.push_back(graph.parameter(one.shape, std::to_string(before.size())));
    after = rule.build(before);
    EXPECT_EQ(after.size(), before.size());
  }
  Graph graph{1};
  Values before, after;
};

inline std::vector<std::vector<float>> ruled(const GradientRule& rule,
                                             const std::vector<Slope>& slopes, int threads = 1,
                                             std::uint64_t seed = 1, std::uint32_t step = 0) {
  Ruled made(rule, slopes);
  Store store;
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    store.add(std::to_string(i), slopes[i].shape, true);
  }
  for (std::size_t i = 0; i < slopes.size(); ++i)
    std::copy(slopes[i].numbers.begin(), slopes[i].numbers.end(),
              store.at(std::to_string(i)).begin());
  std::vector<Id> roots;
  for (const Value& value : made.after) roots.push_back(value.id);
  const Plan plan = make_plan(made.graph, roots, {.flops_worth_threads = 0});
  Threads pool(threads);
  Executor executor(plan, store, pool);
  executor.run(1, seed, step);
  std::vector<std::vector<float>> found;
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const ConstSpan root = std::as_const(executor).root(i);
    found.emplace_back(root.begin(), root.end());
  }
  return found;
}

// The same in double, by the interpreter.
inline std::vector<std::vector<double>> ruled_in_double(const GradientRule& rule,
                                                        const std::vector<Slope>& slopes,
                                                        std::uint64_t seed = 1,
                                                        std::uint32_t step = 0) {
  Ruled made(rule, slopes);
  Interpreter values(made.graph);
  for (std::size_t i = 0; i < slopes.size(); ++i)
    values.at(made.before[i]).assign(slopes[i].numbers.begin(), slopes[i].numbers.end());
  values.run(1, seed, step);
  std::vector<std::vector<double>> found;
  for (const Value& value : made.after) found.push_back(values.at(value));
  return found;
}

inline std::vector<float> waves(Size count, double phase) {
  std::vector<float> x;
  for (Size i = 0; i < count; ++i) x.push_back(float(std::sin(1.7 * double(i) + phase)));
  return x;
}

// Small tensors, and one of several tiles.
inline std::vector<Slope> some_slopes() {
  return {{{3, 4}, waves(12, 0)}, {{5}, waves(5, 1)}, {{131, 150}, waves(131 * 150, 2)}};
}

}  // namespace goodfit
