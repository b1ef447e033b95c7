#include "goodfit/parts/optimizers/lbfgs.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

#include "goodfit/parts/optimizers/catalogue.hpp"

namespace goodfit {
namespace {

using Floats = std::vector<float>;

// Weights in one piece or in two, as a trainer cuts them.
struct Descent {
  Descent(const Lbfgs& settings, Floats start, std::size_t cut = 0)
      : rule(settings), w(std::move(start)), pieces{{0, cut}, {cut, w.size() - cut}} {
    memory.assign(rule.memory().size(), Floats(w.size()));
    numbers.resize(rule.numbers());
  }
  void step(const Floats& g, double lr = 1) {
    std::vector<double> sums(rule.sums());
    const Step now{.number = ++number, .lr = lr, .sums = sums, .numbers = numbers};
    for (const auto& [begin, count] : pieces) {
      std::vector<double> of_piece(sums.size());
      rule.measure(now, Span(w).subspan(begin, count), ConstSpan(g).subspan(begin, count),
                   spans(begin, count).data(), of_piece);
      for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += of_piece[i];
    }
    rule.decide(now, numbers);
    for (const auto& [begin, count] : pieces)
      rule.update(now, Span(w).subspan(begin, count), ConstSpan(g).subspan(begin, count),
                  spans(begin, count).data());
  }
  std::vector<Span> spans(std::size_t begin, std::size_t count) {
    std::vector<Span> all;
    for (Floats& one : memory) all.push_back(Span(one).subspan(begin, count));
    return all;
  }
  Optimizer rule;
  Floats w;
  std::vector<std::pair<std::size_t, std::size_t>> pieces;
  std::vector<Floats> memory;
  std::vector<double> numbers;
  Size number = 0;
};

// The two loops as the books have them, on vectors in double.
struct TwoLoops {
  using Vector = std::vector<double>;
  std::size_t history;
  std::deque<std::pair<Vector, Vector>> pairs = {};  // s and y, the newest last
  Vector w = {}, g = {};
  int refused = 0;

  static double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  }
  Vector direction(const Floats& at, const Floats& slope) {
    Vector s(at.begin(), at.end()), y(slope.begin(), slope.end()), q = y;
    for (std::size_t i = 0; i < w.size(); ++i) s[i] -= w[i], y[i] -= g[i];
    const bool first = w.empty();
    if (!first && dot(s, y) > 1e-10)
      pairs.emplace_back(s, y);
    else if (!first)
      ++refused;
    if (pairs.size() > history) pairs.pop_front();
    w.assign(at.begin(), at.end());
    g.assign(slope.begin(), slope.end());
    std::vector<double> alphas;
    const auto add = [&](double factor, const Vector& x) {
      for (std::size_t i = 0; i < q.size(); ++i) q[i] += factor * x[i];
    };
    for (auto pair = pairs.rbegin(); pair != pairs.rend(); ++pair) {
      alphas.push_back(dot(pair->first, q) / dot(pair->first, pair->second));
      add(-alphas.back(), pair->second);
    }
    const double scale = pairs.empty() ? 1
                                       : dot(pairs.back().first, pairs.back().second) /
                                             dot(pairs.back().second, pairs.back().second);
    for (double& x : q) x *= scale;
    for (const auto& [s_i, y_i] : pairs) {
      add(alphas.back() - dot(y_i, q) / dot(s_i, y_i), s_i);
      alphas.pop_back();
    }
    return q;
  }
};

}  // namespace

TEST(Lbfgs, FindsTheEndOfAParabolaInTwoSteps) {
  // f = 4 w², g = 8 w. First by g / ‖g‖₁: 3 → 2. Then s = −1, y = −8, γ = 1/8: 2 − 16 / 8 = 0.
  Descent at(Lbfgs{}, {3});
  at.step({24});
  EXPECT_EQ(at.w[0], 2);
  at.step({16});
  EXPECT_EQ(at.w[0], 0);
  at.step({0});
  EXPECT_EQ(at.w[0], 0);
}

TEST(Lbfgs, BeginsWithAStepThatIsNoLongerThanTheGradient) {
  Descent small(Lbfgs{}, {1, 1});  // ‖g‖₁ = 0.75 < 1: by g itself
  small.step({0.5, -0.25}, 0.5);
  EXPECT_EQ(small.w, (Floats{0.75, 1.125}));
  Descent large(Lbfgs{}, {1, 1});  // ‖g‖₁ = 4
  large.step({3, -1}, 0.5);
  EXPECT_EQ(large.w, (Floats{0.625, 1.125}));
}

TEST(Lbfgs, ForgetsAStepWhoseCurvatureIsNotPositive) {
  // f = −w²: y = −2 s. It goes on by g alone.
  Descent at(Lbfgs{}, {0.25});
  at.step({-0.5});
  EXPECT_EQ(at.w[0], 0.75);
  at.step({-1.5});
  EXPECT_EQ(at.w[0], 2.25);
}

TEST(Lbfgs, GoesTheWayOfTheTwoLoops) {
  for (const Size history : {1, 4, 10}) {
    Floats start(60);
    for (std::size_t i = 0; i < start.size(); ++i)
      start[i] = float(0.1 * std::sin(3.0 * double(i)));
    Descent at(Lbfgs{.history = history, .tolerance_grad = 0, .tolerance_change = 0}, start, 23);
    TwoLoops books{.history = std::size_t(history)};
    for (int n = 0; n < 30; ++n) {
      Floats g = at.w;  // of ½ Σ c w² + w⁴, with c < 0 for most: hollow at first
      for (std::size_t i = 0; i < g.size(); ++i)
        g[i] = g[i] * (float(i % 7) - 4.5f) + 2 * g[i] * g[i] * g[i];
      const auto way = books.direction(at.w, g);
      double length = 0;
      for (const float x : g) length += std::abs(double(x));
      const double lr = n == 0 ? 0.1 * std::min(1.0, 1 / length) : 0.1;
      Floats wanted = at.w;
      for (std::size_t i = 0; i < g.size(); ++i) wanted[i] -= float(lr * way[i]);
      at.step(g, 0.1);
      for (std::size_t i = 0; i < g.size(); ++i)
        ASSERT_NEAR(at.w[i], wanted[i], 1e-5) << "step " << n << ", history " << history;
    }
    EXPECT_GT(books.refused, 0) << "nothing was tried but what is easy";
  }
}

TEST(Lbfgs, StaysWhereTheGradientOrTheGainIsSmall) {
  Descent flat(Lbfgs{.tolerance_grad = 0.5, .tolerance_change = 0}, {1, 1});
  flat.step({0.5, -0.5});
  EXPECT_EQ(flat.w, (Floats{1, 1}));
  flat.step({0.75, 0});
  EXPECT_NE(flat.w, (Floats{1, 1}));
  Descent poor(Lbfgs{.tolerance_grad = 0, .tolerance_change = 0.5},
               {1, 1});  // g·g = 0.5, then 0.25
  poor.step({0.5, 0});
  EXPECT_EQ(poor.w, (Floats{1, 1}));
  poor.step({0.5, -0.5});
  EXPECT_NE(poor.w, (Floats{1, 1}));
}

TEST(Lbfgs, KeepsAsManyPairsAsItIsToldAndOneInTheMaking) {
  EXPECT_EQ(Optimizer(Lbfgs{}).memory().size(), 22u);
  const Optimizer rule = Ema{.optimizer = Lbfgs{.history = 1}};
  EXPECT_EQ(std::vector<std::string>(rule.memory().begin(), rule.memory().end()),
            (std::vector<std::string>{"average", "s0", "s1", "y0", "y1"}));
}

}  // namespace goodfit
