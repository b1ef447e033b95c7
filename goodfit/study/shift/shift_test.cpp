#include "goodfit/study/shift/shift.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/base/random.hpp"
#include "goodfit/study/shift/joint.hpp"

namespace goodfit {
namespace {

const std::vector<SummarizedFeature> four{
    {"a", 0}, {"b", 1}, {"kind", 2, false, {"other values", "x", "y", "z"}}, {"gaps", 3}};

struct How {
  double mean = 0, deviation = 1, together = 0, share = 0.2, gaps = 0.1;
};

Samples rows(Size count, Random& random, const How& how = {}) {
  Samples samples{.shape = {4}};
  for (Size i = 0; i < count; ++i) {
    const double a = random.normal(), own = random.normal(), u = random.uniform();
    const double b = how.together * a + std::sqrt(1 - how.together * how.together) * own;
    const float kind = u < how.share ? 1 : u < how.share + 0.3 ? 2 : 3;
    const float gap = random.uniform() < how.gaps ? NAN : float(random.uniform());
    samples.features.insert(samples.features.end(),
                            {float(how.mean + how.deviation * a), float(b), kind, gap});
    samples.targets.push_back(0);
  }
  return samples;
}

Shift compared(const Samples& old, const Samples& next, bool with_joint = true) {
  const DataSummary before = summarize(old, four);
  Shift shift = shift_of(before, summarize(next, four, &before));
  if (!with_joint) return shift;
  if (const auto joint = joint_test(old, next, four)) add_joint(shift, *joint);
  return shift;
}

TEST(Shift, NamesTheFeatureThatChanged) {
  Random random(1, stream_of("shift"));
  const Samples old = rows(600, random);
  const auto first = [&](const How& how) {
    const Shift shift = compared(old, rows(600, random, how), false);
    EXPECT_TRUE(shift.found());
    EXPECT_GE(shift.features[1].p, Shift::level) << shift.features[1].name;
    return shift.features[0].name + ": " + shift.features[0].change;
  };
  EXPECT_TRUE(first({.mean = 0.5}).starts_with("a: mean "));
  EXPECT_TRUE(first({.deviation = 2}).starts_with("a: deviation "));
  EXPECT_TRUE(first({.share = 0.45}).starts_with("kind: "));
  EXPECT_NE(first({.gaps = 0.3}).find("missing "), std::string::npos);
}

TEST(Shift, ThatIsOnlyTogetherIsSeenByTheNetwork) {
  Random random(2, stream_of("shift"));
  const Shift shift = compared(rows(800, random), rows(800, random, {.together = 0.7}));
  for (const FeatureShift& feature : shift.features) EXPECT_GE(feature.p, Shift::level);
  ASSERT_TRUE(shift.joint);
  EXPECT_TRUE(shift.found());
  EXPECT_GT(shift.joint->auc, 0.6);
  ASSERT_EQ(shift.joint->by.size(), 2u);
  EXPECT_EQ(shift.joint->by[0] + shift.joint->by[1] == "ab" ||
                shift.joint->by[0] + shift.joint->by[1] == "ba",
            true);
}

TEST(Shift, TellsValuesThatAreNewAndOutside) {
  Random random(3, stream_of("shift"));
  Samples old = rows(300, random), next = rows(100, random);
  for (std::size_t i = 2; i < old.features.size(); i += 4)
    if (old.features[i] == 1) old.features[i] = 2;
  for (const std::size_t row : {0u, 1u, 2u, 3u, 4u, 5u}) next.features[4 * row] = 99;
  const Shift shift = compared(old, next, false);
  for (const FeatureShift& one : shift.features) {
    if (one.name == "kind") {
      EXPECT_EQ(one.unseen.at(0).first, "x");
    }
    if (one.name != "a") continue;
    EXPECT_GE(one.above, 6);
    EXPECT_EQ(one.farthest, 99);
    EXPECT_LT(one.p, Shift::level);
  }
}

int alarms(int trials, Size old, Size next, bool with_joint) {
  Random random(4, stream_of("shift"));
  int found = 0;
  for (int i = 0; i < trials; ++i)
    found += compared(rows(old, random), rows(next, random), with_joint).found();
  return found;
}

TEST(Shift, RaisesNoMoreFalseAlarmsThanItMay) {
  for (const auto& [old, next] : {std::pair{300, 300}, {500, 12}, {60, 400}})
    EXPECT_LE(alarms(400, old, next, false), 20 + 3 * 4.4) << old << " and " << next;
  EXPECT_LE(alarms(60, 200, 200, true), 3 + 3 * 1.7);
}

TEST(Shift, SlowRaisesNoMoreFalseAlarmsThanItMayWithTheNetwork) {
  EXPECT_LE(alarms(400, 400, 400, true), 20 + 3 * 4.4);
}

}  // namespace
}  // namespace goodfit
