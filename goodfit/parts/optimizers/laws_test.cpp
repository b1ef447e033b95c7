// Laws that every optimizer of the catalogue obeys. A new rule is tested here without being named.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "goodfit/parts/optimizers/catalogue.hpp"
#include "tests/golden.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

// Some weights with what a rule remembers of them; a matrix when there is more than one row.
struct Weights {
  Weights(const Optimizer& by, std::vector<float> start, Size row_count = 1)
      : rule(by), rows(row_count), w(std::move(start)), sums(by.sums()), numbers(by.numbers()) {
    kept.assign(rule.memory().size(), std::vector<float>(w.size()));
  }
  // One step, by a function that gives the gradient wherever the rule asks for it.
  void walk(Step now, const std::function<std::vector<float>()>& slope) {
    for (now.pass = 0; now.pass < rule.passes(); ++now.pass) {
      const std::vector<float> g = slope();
      decide(now, g);
      update(now, g, 0, w.size());
    }
  }
  void update(const Step& now, const std::vector<float>& g) {
    walk(now, [&] { return g; });
  }
  void decide(Step& now, ConstSpan g) {
    now.numbers = numbers;
    now.rows = rows;
    std::fill(sums.begin(), sums.end(), 0.0);
    rule.measure(now, w, g, spans(0, w.size()).data(), sums);
    now.sums = sums;
    rule.decide(now, numbers);
  }
  void update(Step now, ConstSpan g, std::size_t from, std::size_t to) {
    std::vector<Span> mine = spans(from, to);
    // What a rule leaves in its scratch may not be there at the next step.
    std::vector<std::vector<float>> scratch(rule.scratch(), std::vector<float>(to - from, 1e30f));
    mine.insert(mine.end(), scratch.begin(), scratch.end());
    now.rows = rows;
    now.numbers = numbers;
    rule.update(now, Span(w).subspan(from, to - from), g.subspan(from, to - from), mine.data());
  }
  std::vector<float> evaluated(Step now) {
    std::vector<float> shown = w;
    now.numbers = numbers;
    if (rule.evaluates_others()) rule.evaluated(now, w, spans(0, w.size()).data(), shown);
    return shown;
  }
  std::vector<Span> spans(std::size_t from, std::size_t to) {
    std::vector<Span> mine;
    for (auto& memory : kept) mine.push_back(Span(memory).subspan(from, to - from));
    return mine;
  }

  Optimizer rule;
  Size rows;
  std::vector<float> w;
  std::vector<std::vector<float>> kept;
  std::vector<double> sums, numbers;
};

std::vector<float> waves(std::size_t count, double phase) {
  std::vector<float> x(count);
  for (std::size_t i = 0; i < count; ++i) x[i] = float(std::sin(1.7 * double(i) + phase));
  return x;
}

Step step_at(Size number) { return {.number = number, .lr = 0.1 / double(number)}; }

// Every rule with its defaults.
template <class Fn>
void each_default(Fn fn) {
  Optimizers::each([&]<class Rule>() { fn(Optimizer(Rule{})); });
}

// The same, and with all settings changed.
template <class Fn>
void each_rule(Fn fn) {
  Optimizers::each([&]<class Rule>() {
    Rule changed;
    each_field<Rule>([&](const auto& f) { change(f, changed.*f.at); });
    fn(Optimizer(Rule{}));
    fn(Optimizer(changed));
  });
}

// What a case of the golden file walks down: the table of gradients, or the mean of log(1 + e^−x·w)
// over its samples with ½ · pull · w² added.
std::vector<float> slope_of(const nlohmann::json& file, const nlohmann::json& one, std::size_t step,
                            const std::vector<float>& w) {
  if (one.value("gradients", "table") == "table")
    return file["gradients"][step].get<std::vector<float>>();
  const auto samples = file["samples"].get<std::vector<std::vector<double>>>();
  std::vector<double> g(w.begin(), w.end());
  for (double& x : g) x *= file["pull"].get<double>();
  for (const std::vector<double>& x : samples) {
    double margin = 0;
    for (std::size_t i = 0; i < w.size(); ++i) margin += x[i] * double(w[i]);
    for (std::size_t i = 0; i < w.size(); ++i)
      g[i] -= x[i] / (1 + std::exp(margin)) / double(samples.size());
  }
  return {g.begin(), g.end()};
}

// Wherever it stands among the settings, also of a rule within a rule; false when it is nowhere.
bool set_momentum(Setting& in, double to) {
  bool found = false;
  if (Setting::Table* table = in.table())
    for (Entry& entry : *table) {
      const bool named = entry.key == "momentum" || entry.key == "beta1";
      if (named) entry.value = to;
      found = set_momentum(entry.value, to) || named || found;
    }
  return found;
}

}  // namespace

TEST(Optimizers, WalkDownAParabola) {
  each_default([](const Optimizer& rule) {
    for (const Size rows : {1, 2}) {  // a number, and a matrix of two rows
      const auto end_with = [&](double lr) {
        Weights x(rule, rows == 1 ? std::vector{1.0f} : waves(6, 1), rows);
        const auto slope = [&] {
          std::vector<float> g = x.w;
          for (float& one : g) one *= 2;
          return g;
        };
        for (Size n = 1; n <= 3000; ++n) x.walk({.number = n, .lr = lr}, slope);
        float worst = 0;
        for (const float w : x.evaluated({.number = 3000})) worst = std::max(worst, std::abs(w));
        return worst;
      };
      // An lr of 1 is for the rules whose steps are a share of something that they know themselves.
      EXPECT_LT(std::min(end_with(0.02), end_with(1)), 0.1f) << rule.key() << ", rows " << rows;
    }
  });
}

// f(x, y) = (1 − x)² + 100 (y − x²)², a bent valley with its end at (1, 1).
TEST(Optimizers, GoAlongTheValleyOfRosenbrockWithAnLrThatSuitsThem) {
  each_default([](const Optimizer& rule) {
    const auto end_with = [&](double lr) {
      Weights at(rule, {-1.2f, 1});
      const float &x = at.w[0], &y = at.w[1];
      const auto slope = [&] {
        const float rise = 200 * (y - x * x);
        return std::vector{-2 * (1 - x) - 2 * x * rise, rise};
      };
      for (Size n = 1; n <= 5000; ++n) at.walk({.number = n, .lr = lr}, slope);
      std::ranges::copy(at.evaluated({.number = 5000}), at.w.begin());
      return (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);
    };
    float best = 24;  // at the start
    for (const double lr : {1e-3, 1e-2, 1e-1, 1.0}) best = std::fmin(best, end_with(lr));
    EXPECT_LT(best, 1.0f) << rule.key();  // where it enters the valley f is 4
  });
}

TEST(Optimizers, FollowPyTorch) {
  const auto& file = golden("optimizers");
  const std::size_t steps = file["gradients"].size();
  std::map<std::string, int> cases;
  for (const auto& one : file["cases"]) {
    const Setting part = part_from(one);
    Weights x(Optimizer::read(part), file["start"].get<std::vector<float>>(), one.value("rows", 1));
    ++cases[std::string(x.rule.key())];
    double largest = 1;  // what a weight loses in a step is a share of what it was then
    for (std::size_t t = 0; t < steps; ++t) {
      Step now{.number = Size(t + 1),
               .lr = file[one["lr"].get<std::string>()][t],
               .steps = Size(steps),
               .steps_of_epoch = file["epoch"]};
      if (one.contains("momentum")) now.momentum = file[one["momentum"].get<std::string>()][t];
      x.update(now, slope_of(file, one, t, x.w));
      for (const float w : x.w) largest = std::max(largest, double(std::abs(w)));
      const std::string number = std::to_string(t + 1);
      if (!one["weights"].contains(number)) continue;
      // A gradient of weights that were rounded is off by itself.
      const double eps =
          (one.contains("gradients") ? 4 : 1) * double(std::numeric_limits<float>::epsilon());
      expect_near(x.w, one["weights"][number], eps * double(t + 1) * largest,
                  part.shown() + " after step " + number);
      EXPECT_EQ(one.contains("evaluated"), x.rule.evaluates_others()) << part.shown();
      if (one.contains("evaluated"))
        expect_near(x.evaluated(now), one["evaluated"][number], eps * double(t + 1) * largest,
                    part.shown() + ", evaluated after step " + number);
    }
  }
  for (const std::string& name : Optimizers::names())
    EXPECT_GE(cases[name], 2) << name << " needs cases in tools/golden/optimizers.py";
}

TEST(Optimizers, AnsweringAnywhereCutIsAnsweringAsAWhole) {
  constexpr std::size_t count = 37;
  each_rule([](const Optimizer& rule) {
    if (rule.whole_tensor() || rule.sums() > 0) return;
    for (const std::size_t cut : {1, 8, 17, 36}) {
      Weights whole(rule, waves(count, 0)), pieces(rule, waves(count, 0));
      for (Size n = 1; n <= 5; ++n) {
        const std::vector<float> g = waves(count, double(n));
        whole.update(step_at(n), g);
        Step now = step_at(n);
        pieces.decide(now, g);
        pieces.update(now, g, cut, count);
        pieces.update(now, g, 0, cut);
      }
      EXPECT_EQ(whole.w, pieces.w) << rule.key() << " cut at " << cut;
      EXPECT_EQ(whole.kept, pieces.kept) << rule.key() << " cut at " << cut;
    }
  });
}

TEST(Optimizers, ResumedWithTheirMemoryTheyGoOnAsIfNeverStopped) {
  each_rule([](const Optimizer& rule) {
    for (const Size rows : {1, 3}) {
      Weights straight(rule, waves(12, 0), rows), first(rule, waves(12, 0), rows);
      for (Size n = 1; n <= 10; ++n) straight.update(step_at(n), waves(12, double(n)));
      for (Size n = 1; n <= 5; ++n) first.update(step_at(n), waves(12, double(n)));
      Weights resumed(Optimizer::read(rule.write()), first.w, rows);
      resumed.kept = first.kept;
      resumed.numbers = first.numbers;
      for (Size n = 6; n <= 10; ++n) resumed.update(step_at(n), waves(12, double(n)));
      EXPECT_EQ(straight.w, resumed.w) << rule.key() << " with rows " << rows;
      EXPECT_EQ(straight.evaluated(step_at(10)), resumed.evaluated(step_at(10))) << rule.key();
    }
  });
}

TEST(Optimizers, MomentumOfTheStepReplacesTheirOwn) {
  const auto run = [](const Optimizer& rule, std::optional<double> momentum) {
    Weights x(rule, waves(5, 0));
    for (Size n = 1; n <= 4; ++n) {
      Step now = step_at(n);
      now.momentum = momentum;
      x.update(now, waves(5, double(n)));
    }
    return x.w;
  };
  each_default([&](const Optimizer& rule) {
    Setting set = rule.write();
    const bool has = set_momentum(set, 0.6);
    EXPECT_EQ(run(rule, 0.6), run(Optimizer::read(set), std::nullopt)) << rule.key();
    EXPECT_EQ(run(rule, 0.6) != run(rule, std::nullopt), has) << rule.key();
  });
}

TEST(Optimizers, LeaveWeightsAloneWithoutAnLr) {
  each_rule([](const Optimizer& rule) {
    Weights x(rule, waves(9, 0));
    x.update({.number = 1, .lr = 0}, waves(9, 1));
    EXPECT_EQ(x.w, waves(9, 0)) << rule.key();
  });
}

TEST(Optimizers, OnlyShrinkWeightsWhoseGradientWasAlwaysZero) {
  each_default([](const Optimizer& rule) {
    for (const Size rows : {1, 3}) {
      Weights x(rule, waves(12, 1), rows);
      for (Size n = 1; n <= 3; ++n) x.update(step_at(n), std::vector<float>(12));
      for (std::size_t i = 0; i < x.w.size(); ++i) {
        const double share = double(x.w[i]) / double(waves(12, 1)[i]);
        EXPECT_TRUE(share > 0.9 && share <= 1) << rule.key() << ": " << x.w[i];
      }
    }
  });
}

TEST(Optimizers, CanBeGivenAnotherWeightDecay) {
  Optimizers::each([]<class Rule>() {
    const std::vector<std::string> keys = field_names<Rule>();
    const bool has = std::find(keys.begin(), keys.end(), "weight_decay") != keys.end();
    const auto changed = Optimizer(Rule{}).with("weight_decay", 0.25);
    Setting set = Optimizer(Rule{}).write();
    if (has) {
      set["weight_decay"] = 0.25;
      ASSERT_TRUE(changed.has_value()) << Rule::card.key;
      EXPECT_EQ(*changed, Optimizer::read(set)) << Rule::card.key;
      expect_error([] { Optimizer(Rule{}).with("weight_decay", -1); }, "weight_decay");
    }
    EXPECT_FALSE(Optimizer(Rule{}).with("no_such_key", 1).has_value()) << Rule::card.key;
  });
  EXPECT_EQ(Optimizer(Lookahead{.optimizer = Sgd{}}).with("weight_decay", 0.25),
            Optimizer(Lookahead{.optimizer = Sgd{.weight_decay = 0.25}}));
}

TEST(Optimizers, RefuseASettingOutsideItsRange) { expect_ranges_are_kept<Optimizers>(); }
TEST(Optimizers, CanBeNamedInARecipe) { expect_parts_can_be_named<Optimizer, Optimizers>(); }
TEST(Optimizers, SurviveWritingAndReading) {
  expect_parts_survive_writing<Optimizer, Optimizers>();
}

}  // namespace goodfit
