#include "goodfit/compute/engine/gradient_check.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/compute/engine/interpreter.hpp"
#include "goodfit/compute/ops/add_row.hpp"
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/compute/ops/statistics.hpp"

namespace goodfit {
namespace {

// y = x³, whose gradient is `factor` x² where 3 x² is right.
struct Cube final : PlainOp<Cube> {
  struct Slope final : PlainOp<Slope> {
    explicit Slope(double by) : factor(by) {}
    double factor;
    std::string_view name() const override { return "cube_slope"; }
    Shape shape(const Shapes& in) const override { return in[0]; }
    template <class T>
    void work(const Call<T>& c) const {
      for (Size i = c.first(); i < c.first() + c.count(); ++i)
        c.out[i] = T(factor) * c.in[0][i] * c.in[0][i] * c.in[1][i];
    }
  };
  explicit Cube(double by) : factor(by) {}
  double factor;
  std::string_view name() const override { return "cube"; }
  Shape shape(const Shapes& in) const override { return in[0]; }
  template <class T>
  void work(const Call<T>& c) const {
    for (Size i = c.first(); i < c.first() + c.count(); ++i)
      c.out[i] = c.in[0][i] * c.in[0][i] * c.in[0][i];
  }
  Values gradient(const Values& in, Value, Value d) const override {
    return {d.graph->add(Slope(factor), {in[0], d})};
  }
};

double error_of_cube(double factor) {
  Graph graph(3);
  const Value x = graph.input({2}, "x");
  return gradient_error(graph.add(Cube(factor), {x}), {x});
}

}  // namespace

TEST(GradientCheck, AcceptsARightGradient) { EXPECT_LT(error_of_cube(3), 1e-9); }

TEST(GradientCheck, MeasuresHowWrongAGradientIs) {
  EXPECT_NEAR(error_of_cube(3.003), 1e-3, 1e-6);
  EXPECT_NEAR(error_of_cube(0), 1, 1e-6);
}

TEST(GradientCheck, TakesScalarsAndWeightsAsTheyAre) {
  Graph graph(1);
  const Value w = graph.parameter({2, 3}, "w");
  EXPECT_LT(gradient_error(penalty(w, Norm::squares, 0.5), {w}), 1e-9);
  EXPECT_LT(gradient_error(graph.add(Cube(3), {w}), {w}), 1e-9);
  EXPECT_NEAR(gradient_error(graph.add(Cube(6), {w}), {w}), 1, 1e-6);
}

TEST(GradientCheck, LooksAtTheGivenRowsAndNumbers) {
  Graph graph(5);
  const Value x = graph.input({1}, "x");
  const Value y = graph.add(Cube(1), {x});  // right at 0 alone
  EXPECT_GT(gradient_error(y, {x}, {.rows = 2}), 0.1);
  EXPECT_GT(gradient_error(y, {x}, {.rows = 2, .leaves = {{"x", {0, 1, 0, 0, 0}}}}), 0.1);
  EXPECT_LT(gradient_error(y, {x}, {.rows = 1, .leaves = {{"x", {0, 1, 1, 1, 1}}}}), 1e-3);
}

TEST(GradientCheck, RepeatsRandomNumbersAndPutsBuffersBack) {
  Graph graph(4);
  const Value x = graph.input({3}, "x");
  const Value mean = graph.buffer({3}, "mean");
  const Value kept = graph.add(RunningOp(0.5, 0, 1), {mean, batch_statistics(x, 3)});
  graph.assign(mean, kept);
  EXPECT_LT(gradient_error(dropout(add_row(graph.add(Cube(3), {x}), mean), 0.5, 7), {x}), 1e-9);
}

}  // namespace goodfit
