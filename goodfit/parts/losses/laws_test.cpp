// Laws that every loss of the catalogue obeys. A new loss is tested here without being named.
#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/parts/losses/catalogue.hpp"
#include "goodfit/parts/losses/testing.hpp"

namespace goodfit {
namespace {

constexpr Size width = 3;
const std::vector<double> classes{2, 0, 1, 1, 2, 0, 1};
const std::vector<double> numbers{0.3, -1,  2,   0.5, 0,   1,   -2,  0.25, 1, 3, -0.5,
                                  0.1, 0.2, -.7, 1.5, 0.6, 0.9, -.1, 0.4,  0, 1};

const std::vector<double>& targets(const Loss& loss) {
  return loss.meaning() == Meaning::logits ? classes : numbers;
}

// Every loss with its defaults and with all settings changed.
template <class Fn>
void each_loss(Fn fn) {
  Losses::each([&]<class Part>() {
    Part changed;
    each_field<Part>([&](const auto& f) { change(f, changed.*f.at); });
    fn(Loss(Part{}));
    fn(Loss(changed));
  });
}

}  // namespace

TEST(Losses, GradientsAreThoseOfFiniteDifferences) {
  each_loss([](const Loss& loss) {
    for (const Size rows : {7, 5, 1}) {
      Graph graph(7, 3);
      const Value x = graph.input({width}, "x");
      const Shape target{loss.meaning() == Meaning::logits ? 1 : width};
      const Value y = loss.build(x, graph.target(target, "target"));
      EXPECT_LT(gradient_error(y, {x}, {.rows = rows, .leaves = {{"target", targets(loss)}}}), 1e-6)
          << loss.write().shown() << " on " << rows << " samples";
    }
  });
}

TEST(Losses, AreMeansOverTheBatch) {
  each_loss([](const Loss& loss) {
    const std::vector<double>& all = targets(loss);
    const std::size_t per_row = all.size() / 7;
    double sum = 0;
    for (std::size_t i = 0; i < 7; ++i)
      sum +=
          loss_of(loss, width, {numbers.begin() + long(3 * i), numbers.begin() + long(3 * i + 3)},
                  {all.begin() + long(per_row * i), all.begin() + long(per_row * (i + 1))});
    EXPECT_NEAR(loss_of(loss, width, numbers, all, 20), sum / 7, 1e-12) << loss.write().shown();
  });
}

TEST(Losses, FallWhenTheirGradientIsFollowed) {
  each_loss([](const Loss& loss) {
    Graph graph(7, 3);
    const Value x = graph.input({width}, "x");
    const Value t = graph.target(Shape{loss.meaning() == Meaning::logits ? 1 : width}, "target");
    const Value y = loss.build(x, t), slope = gradients(y, {x})[0];
    Interpreter values(graph);
    std::copy(targets(loss).begin(), targets(loss).end(), values.at(t).begin());
    for (std::size_t i = 0; i < 21; ++i) values.at(x)[i] = std::cos(double(i));
    values.run(7);
    const double before = values.at(y)[0];
    for (std::size_t i = 0; i < 21; ++i) values.at(x)[i] -= 0.5 * values.at(slope)[i];
    values.run(7);
    EXPECT_LT(values.at(y)[0], before) << loss.write().shown();
  });
}

TEST(Losses, CanBeNamedInARecipe) { expect_parts_can_be_named<Loss, Losses>(); }
TEST(Losses, SurviveWriting) { expect_parts_survive_writing<Loss, Losses>(); }
TEST(Losses, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Losses>(); }

}  // namespace goodfit
