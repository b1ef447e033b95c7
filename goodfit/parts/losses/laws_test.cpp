// Laws that every loss of the catalogue obeys. A new loss is tested here without being named.
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/parts/losses/catalogue.hpp"
#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {
namespace {

// Seven samples that suit a loss.
struct Given {
  Size width, goals;
  std::vector<double> outputs, targets;

  std::vector<double> outputs_of(std::size_t row) const { return part(outputs, width, row); }
  std::vector<double> targets_of(std::size_t row) const { return part(targets, goals, row); }

 private:
  static std::vector<double> part(const std::vector<double>& all, Size size, std::size_t row) {
    const auto from = all.begin() + long(row) * size;
    return {from, from + size};
  }
};

const std::vector<double> numbers{0.3, -1,  2,   0.5, 0,   1,   -2,  0.25, 1,   3,
                                  -.5, 0.1, 0.2, -.7, 1.5, 0.6, 0.9, -.1,  0.4, 0,
                                  1,   2.5, 0.8, -.3, -1,  .35, 0.7, -.6};

Given given(const Loss& loss) {
  Given made{3, 3, numbers, {}};
  made.outputs.resize(21);
  for (std::size_t i = 0; i < 21; ++i) made.targets.push_back(std::cos(double(i)));
  switch (loss.meaning()) {
    case Meaning::numbers:
      break;
    case Meaning::logits:
    case Meaning::scores:
      made.goals = 1, made.targets = {2, 0, 1, 1, 2, 0, 1};
      break;
    case Meaning::binary:
      for (double& t : made.targets) t = t > 0 ? 1 : 0;
      break;
    case Meaning::distribution:
      for (std::size_t i = 0; i < 21; i += 3)
        made.targets[i] = 0.25, made.targets[i + 1] = 0, made.targets[i + 2] = 0.75;
      break;
    case Meaning::normal:
      made.width = 4, made.goals = 2;
      made.outputs = numbers;
      made.targets.resize(14);
      break;
  }
  return made;
}

// Every loss with its defaults and with its settings changed; class weights apart.
enum class Weights { same, of_classes };
template <class Fn>
void each_loss(Weights weights, Fn fn) {
  Losses::each([&]<class Part>() {
    Part changed;
    each_field<Part>([&](const auto& f) {
      using Member = std::remove_cvref_t<decltype(changed.*f.at)>;
      if (weights == Weights::of_classes || !std::same_as<Member, std::vector<double>>)
        change(f, changed.*f.at);
    });
    fn(Loss(Part{}));
    fn(Loss(changed));
  });
}

}  // namespace

TEST(Losses, GradientsAreThoseOfFiniteDifferences) {
  each_loss(Weights::of_classes, [](const Loss& loss) {
    const Given all = given(loss);
    for (const Size rows : {7, 5, 1}) {
      Graph graph(7, 3);
      const Value x = graph.input({all.width}, "x");
      const Value y = loss.build(x, graph.target({all.goals}, "target"));
      EXPECT_LT(gradient_error(y, {x}, {.rows = rows, .leaves = {{"target", all.targets}}}), 1e-6)
          << loss.write().shown() << " on " << rows << " samples";
    }
  });
}

TEST(Losses, AreMeansOverTheBatch) {
  each_loss(Weights::same, [](const Loss& loss) {
    const Given all = given(loss);
    double sum = 0;
    for (std::size_t i = 0; i < 7; ++i)
      sum += loss_of(loss, all.width, all.outputs_of(i), all.targets_of(i));
    EXPECT_NEAR(loss_of(loss, all.width, all.outputs, all.targets, 20), sum / 7, 1e-12)
        << loss.write().shown();
  });
}

TEST(Losses, DoNotChangeWhenTheBatchIsDoubled) {
  each_loss(Weights::of_classes, [](const Loss& loss) {
    const Given all = given(loss);
    Given twice = all;
    twice.outputs.insert(twice.outputs.end(), all.outputs.begin(), all.outputs.end());
    twice.targets.insert(twice.targets.end(), all.targets.begin(), all.targets.end());
    EXPECT_NEAR(loss_of(loss, all.width, all.outputs, all.targets),
                loss_of(loss, all.width, twice.outputs, twice.targets, 20), 1e-12)
        << loss.write().shown();
  });
}

TEST(Losses, FallWhenTheirGradientIsFollowed) {
  each_loss(Weights::of_classes, [](const Loss& loss) {
    const Given all = given(loss);
    Graph graph(7, 3);
    const Value x = graph.input({all.width}, "x");
    const Value t = graph.target({all.goals}, "target");
    const Value y = loss.build(x, t), slope = gradients(y, {x})[0];
    Interpreter values(graph);
    values.at(t) = all.targets;
    values.at(x) = all.outputs;
    values.run(7);
    const double before = values.at(y)[0];
    for (std::size_t i = 0; i < all.outputs.size(); ++i)
      values.at(x)[i] -= 0.5 * values.at(slope)[i];
    values.run(7);
    EXPECT_LT(values.at(y)[0], before) << loss.write().shown();
  });
}

// In float, as it trains: outputs that a network gives when it has gone astray.
TEST(Losses, StayFiniteForOutputsOfAnySize) {
  each_loss(Weights::of_classes, [](const Loss& loss) {
    const Given all = given(loss);
    for (const double size : {0.0, 90.0, 1e4}) {
      Graph graph(7, 3);
      const Value x = graph.input({all.width}, "x");
      const Value t = graph.target({all.goals}, "t");
      const Value y = loss.build(x, t), slope = gradients(y, {x})[0];
      const Plan plan = make_plan(graph, {y.id, slope.id});
      Store store;
      Threads threads(1);
      Executor executor(plan, store, threads);
      for (std::size_t i = 0; i < all.outputs.size(); ++i)
        executor.input("x")[i] = float(size * (i % 2 == 0 ? 1 : -1));
      std::copy(all.targets.begin(), all.targets.end(), executor.input("t").begin());
      executor.run(7, 0, 0);
      EXPECT_TRUE(std::isfinite(executor.root(0)[0])) << loss.write().shown() << " at " << size;
      for (const float d : executor.root(1))
        EXPECT_TRUE(std::isfinite(d)) << loss.write().shown() << " at " << size;
    }
  });
}

TEST(Losses, CanBeNamedInARecipe) { expect_parts_can_be_named<Loss, Losses>(); }
TEST(Losses, SurviveWriting) { expect_parts_survive_writing<Loss, Losses>(); }
TEST(Losses, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Losses>(); }

}  // namespace goodfit
