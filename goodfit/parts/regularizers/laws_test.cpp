// Laws that every regularizer of the catalogue obeys. A new one is tested here without being named.
#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/parts/regularizers/catalogue.hpp"
#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {
namespace {

template <class Fn>
void each_penalty(Fn fn) {
  Regularizers::each([&]<class Part>() {
    if constexpr (PenaltyPart<Part>) fn.template operator()<Part>();
  });
}
template <class Fn>
void each_projection(Fn fn) {
  Regularizers::each([&]<class Part>() {
    if constexpr (ProjectionPart<Part>) fn.template operator()<Part>();
  });
}

// With every number of its settings at 0.3.
template <class Part>
Part strong() {
  Part part;
  each_field<Part>([&](const auto& f) { part.*f.at = 0.3; });
  return part;
}

const std::vector<float> rows_of_two{2, -2, 0.05f, 0, 1e-6f, -3};

}  // namespace

TEST(Regularizers, GradientsOfPenaltiesAreThoseOfFiniteDifferences) {
  each_penalty([]<class Part>() {
    for (const Shape& shape : {Shape{5, 7}, Shape{7, 5}, Shape{3, 2, 2, 2}, Shape{9, 2, 1, 3}}) {
      Graph graph(1);
      const Value w = graph.parameter(shape, "w");
      EXPECT_LT(gradient_error(Regularizer(strong<Part>()).build(w), {w}), 1e-6)
          << Part::card.key << " of " << shape.text();
    }
  });
}

TEST(Regularizers, PenaltiesFallAgainstTheirGradientAndRestAtZero) {
  each_penalty([]<class Part>() {
    const std::vector<double> w{2, -2, 0, 0.5};
    const Penalty found = penalty_of(Part{}, w);
    std::vector<double> moved = w;
    for (std::size_t i = 0; i < w.size(); ++i) moved[i] -= 0.1 * found.gradient[i];
    EXPECT_GT(found.value, 0) << Part::card.key;
    EXPECT_LT(penalty_of(Part{}, moved).value, found.value) << Part::card.key;
    EXPECT_EQ(penalty_of(Part{}, {0, 0}).gradient, (std::vector<double>{0, 0})) << Part::card.key;
    // These weights are longer than any regularizer wants them.
    EXPECT_GT(found.gradient[0], 0) << Part::card.key;
    EXPECT_LT(found.gradient[1], 0) << Part::card.key;
  });
}

TEST(Regularizers, ProjectionsShrinkAndKeepSigns) {
  each_projection([]<class Part>() {
    const auto found = projected(strong<Part>(), rows_of_two, 3, 0.5);
    EXPECT_NE(found, rows_of_two) << Part::card.key;
    for (std::size_t i = 0; i < found.size(); ++i) {
      EXPECT_LE(std::abs(found[i]), std::abs(rows_of_two[i])) << Part::card.key;
      EXPECT_GE(found[i] * rows_of_two[i], 0) << Part::card.key;
    }
    EXPECT_EQ(found[3], 0) << Part::card.key;
  });
}

TEST(Regularizers, ProjectionsHideNoNumberThatIsNone) {
  each_projection([]<class Part>() {
    const auto found = projected(strong<Part>(), {1, std::nanf(""), 5, 1}, 2, 0.5);
    EXPECT_TRUE(std::isnan(found[1])) << Part::card.key;
    EXPECT_LT(found[2], 5) << Part::card.key;
  });
}

// As the trainer cuts them: between rows, and elsewhere where whole rows are not asked for.
TEST(Regularizers, ProjectionsMayBeCut) {
  each_projection([]<class Part>() {
    const Regularizer part(strong<Part>());
    const auto whole = projected(part, rows_of_two, 3, 0.5);
    std::vector<float> cut = rows_of_two;
    const std::size_t first = part.whole_rows() ? 2 : 3;
    part.project(0.5, 1, Span(cut).first(first));
    part.project(0.5, Size(cut.size() - first) / 2, Span(cut).subspan(first));
    EXPECT_EQ(cut, whole) << Part::card.key;
  });
}

TEST(Regularizers, AreOfOneFormAndRefuseTheOther) {
  const Regularizer penalty(L2{}), projection(ProximalL1{});
  EXPECT_FALSE(penalty.projects());
  EXPECT_TRUE(projection.projects());
  EXPECT_THROW(penalty.project(1, 1, {}), std::logic_error);
  EXPECT_THROW(projection.build({}), std::logic_error);
}

TEST(Regularizers, CanBeNamedInARecipe) { expect_parts_can_be_named<Regularizer, Regularizers>(); }
TEST(Regularizers, SurviveWriting) { expect_parts_survive_writing<Regularizer, Regularizers>(); }
TEST(Regularizers, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Regularizers>(); }

}  // namespace goodfit
