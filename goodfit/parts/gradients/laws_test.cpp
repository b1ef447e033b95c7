// Laws that every gradient rule of the catalogue obeys. A new one is tested here without being
// named.
#include "goodfit/compute/engine/gradient_check.hpp"
#include "goodfit/parts/gradients/catalogue.hpp"
#include "goodfit/parts/gradients/testing.hpp"
#include "tests/golden.hpp"

namespace goodfit {

TEST(GradientRules, GiveTheSameBitsOnAnyThreads) {
  GradientRules::each([]<class Part>() {
    const auto one = ruled(Part{}, some_slopes(), 1);
    EXPECT_EQ(ruled(Part{}, some_slopes(), 2), one) << Part::card.key;
    EXPECT_EQ(ruled(Part{}, some_slopes(), 3), one) << Part::card.key;
  });
}

TEST(GradientRules, ThePlanFollowsTheInterpreter) {
  GradientRules::each([]<class Part>() {
    const auto fast = ruled(Part{}, some_slopes(), 1, 9, 4);
    const auto slow = ruled_in_double(Part{}, some_slopes(), 9, 4);
    for (std::size_t t = 0; t < fast.size(); ++t)
      for (std::size_t i = 0; i < fast[t].size(); ++i)
        ASSERT_NEAR(double(fast[t][i]), slow[t][i], 1e-6) << Part::card.key << " " << t << " " << i;
  });
}

TEST(GradientRules, AreBuiltOfOpsWithGradients) {
  GradientRules::each([]<class Part>() {
    Graph graph(1);
    const Value a = graph.parameter({3, 2}, "a"), b = graph.parameter({4}, "b");
    const Values made = GradientRule(Part{}).build({a, b});
    EXPECT_LT(gradient_error(made[0], {a, b}), 1e-6) << Part::card.key;
    EXPECT_LT(gradient_error(made[1], {a, b}), 1e-6) << Part::card.key;
  });
}

TEST(GradientRules, FollowPyTorch) {
  const auto& file = golden("gradients");
  std::map<std::string, int> cases;
  for (const auto& one : file["cases"]) {
    std::vector<Slope> slopes;
    std::vector<std::string> names;
    for (const auto& [name, numbers] : one["gradients"].items()) {
      Shape shape;
      for (const auto& extent : file["shapes"][name]) shape.push(extent);
      slopes.push_back({shape, numbers.get<std::vector<float>>()});
      names.push_back(name);
    }
    const GradientRule rule = GradientRule::read(part_from(one));
    ++cases[std::string(rule.key())];
    const auto found = ruled(rule, slopes);
    const auto in_double = ruled_in_double(rule, slopes);
    for (std::size_t i = 0; i < names.size(); ++i) {
      expect_near(found[i], one["clipped"][names[i]], 1e-6, names[i]);
      expect_near(in_double[i], one["clipped"][names[i]], 1e-13, names[i]);
    }
  }
  EXPECT_EQ(cases["clip_value"], 4);
  EXPECT_EQ(cases["clip_norm"], 4);
}

TEST(GradientRules, CanBeNamedInARecipe) {
  expect_parts_can_be_named<GradientRule, GradientRules>();
}
TEST(GradientRules, SurviveWriting) { expect_parts_survive_writing<GradientRule, GradientRules>(); }
TEST(GradientRules, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<GradientRules>(); }

}  // namespace goodfit
