#include "goodfit/parts/metrics/classes.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {
namespace {

struct Rows {
  std::vector<float> outputs, targets;
  Size width;
  ClassRow row(Size i) const {
    return ClassRow({outputs, targets, Size(targets.size()), width, 1}, i);
  }
};

}  // namespace

TEST(ClassRow, FindsTheFirstOfTheLargest) {
  const Rows rows{{1, 3, 3, /**/ 5, 1, 1, /**/ 0, std::nanf(""), 9}, {2, 0, 1}, 3};
  EXPECT_EQ(rows.row(0).found(), 1);
  EXPECT_EQ(rows.row(1).found(), 0);
  EXPECT_EQ(rows.row(2).found(), -1);
  const Rows logits{{0.1f, 0, -1}, {0, 0, 0}, 1};
  EXPECT_EQ(logits.row(0).found(), 1);
  EXPECT_EQ(logits.row(1).found(), 0);
  EXPECT_EQ(logits.row(2).found(), 0);
}

TEST(ClassRow, KnowsTargetsThatAreNoClasses) {
  const Rows rows{std::vector<float>(10, 0.0f), {0, 1, 2, -1, 0.5f}, 2};
  EXPECT_EQ(rows.row(0).target, 0);
  EXPECT_EQ(rows.row(1).target, 1);
  for (const Size i : {2, 3, 4}) EXPECT_EQ(rows.row(i).target, -1) << i;
  const Rows logit{{0}, {1}, 1};
  EXPECT_EQ(logit.row(0).target, 1);
}

TEST(ClassOdds, AreThoseOfTheProbabilities) {
  const Rows rows{logits_of({0.2, 0.5, 0.3}), {0}, 3};
  const ClassOdds odds(rows.row(0));
  for (const auto& [c, p] : {std::pair{0, 0.2}, {1, 0.5}, {2, 0.3}}) {
    EXPECT_NEAR(odds.log_odds(c), std::log(p / (1 - p)), 1e-6);
    EXPECT_NEAR(odds.probability(c), p, 1e-7);
    EXPECT_NEAR(odds.surprise(c), -std::log(p), 1e-6);
  }
  const Rows logit{{float(std::log(3.0))}, {0}, 1};
  EXPECT_NEAR(ClassOdds(logit.row(0)).probability(1), 0.75, 1e-7);
  EXPECT_NEAR(ClassOdds(logit.row(0)).probability(0), 0.25, 1e-7);
}

TEST(ClassOdds, StandOutputsOfAnySize) {
  const Rows rows{{1e4f, -1e4f, 0, /**/ 60, 0, 0}, {0, 0}, 3};
  const ClassOdds far(rows.row(0)), near(rows.row(1));
  EXPECT_EQ(far.log_odds(0), 1e4);
  EXPECT_EQ(far.log_odds(1), -2e4);
  EXPECT_EQ(far.surprise(1), 2e4);
  EXPECT_EQ(far.surprise(0), 0);
  EXPECT_NEAR(near.log_odds(0), 60 - std::log(2), 1e-12);  // where 1 − p is below one rounding
  EXPECT_NEAR(near.surprise(0) / (2 * std::exp(-60)), 1, 1e-12);
}

}  // namespace goodfit
