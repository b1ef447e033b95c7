// Laws that every regularizer of the catalogue obeys. A new one is tested here without being named.
#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/parts/regularizers/catalogue.hpp"
#include "goodfit/parts/regularizers/testing.hpp"

namespace goodfit {

TEST(Regularizers, GradientsAreThoseOfFiniteDifferences) {
  Regularizers::each([]<class Part>() {
    Part strong;
    strong.lambda = 0.3;
    Graph graph(1);
    const Value w = graph.parameter({5, 7}, "w");
    EXPECT_LT(gradient_error(Regularizer(strong).build(w), {w}), 1e-6) << Part::card.key;
  });
}

TEST(Regularizers, PullTowardsZeroAndRestThere) {
  Regularizers::each([]<class Part>() {
    const Penalty found = penalty_of(Part{}, {2, -2, 0});
    EXPECT_GT(found.value, 0) << Part::card.key;
    EXPECT_GT(found.gradient[0], 0) << Part::card.key;
    EXPECT_LT(found.gradient[1], 0) << Part::card.key;
    EXPECT_EQ(found.gradient[2], 0) << Part::card.key;
    EXPECT_EQ(penalty_of(Part{}, {0, 0}).value, 0) << Part::card.key;
  });
}

TEST(Regularizers, CanBeNamedInARecipe) { expect_parts_can_be_named<Regularizer, Regularizers>(); }
TEST(Regularizers, SurviveWriting) { expect_parts_survive_writing<Regularizer, Regularizers>(); }
TEST(Regularizers, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Regularizers>(); }

}  // namespace goodfit
