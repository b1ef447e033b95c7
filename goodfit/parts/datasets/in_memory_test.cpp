#include "goodfit/parts/datasets/in_memory.hpp"

#include <limits>

#include "goodfit/parts/datasets/catalogue.hpp"
#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

std::string error(const InMemory& part, const Wanted& wanted = {}) {
  return error_of([&] { part.load(wanted); });
}

}  // namespace

TEST(InMemory, GivesWhatItWasGiven) {
  const Dataset dataset = in_memory({2}, {1, 2, 3, 4}, {0, 1});
  const Data data = dataset.load(classes);
  EXPECT_EQ(data.train.features, (Floats{1, 2, 3, 4}));
  EXPECT_EQ(data.train.count(), 2);
  EXPECT_EQ(data.classes, (Names{"0", "1"}));
}

TEST(InMemory, TargetsMayBeSeveralNumbers) {
  const Data data = in_memory({1}, {1, 2}, {5, 6, 7, 8}, 2).load({});
  EXPECT_EQ(data.train.count(), 2);
}

TEST(InMemory, SizesMustAgree) {
  EXPECT_TRUE(says(error(in_memory({2}, {1, 2, 3}, {0})), "3 feature values do not divide"));
  EXPECT_TRUE(says(error(in_memory({2}, {1, 2, 3, 4}, {0})),
                   "2 samples need 2 target values of width 1, found 1"));
  EXPECT_TRUE(says(error(in_memory({2, 0}, {1}, {0})), "every extent must be at least 1"));
  EXPECT_TRUE(says(error(in_memory({2}, {}, {})), "holds no samples"));
  EXPECT_TRUE(says(error(in_memory({2}, {1, 2}, {})), "has no targets"));
  EXPECT_TRUE(says(error(in_memory({2}, {1, 2}, {1}, 0)), "target values"));
  EXPECT_TRUE(says(error(in_memory({2}, {1, 2}, {1}, -1)), "target_width = -1"));
  const Size huge = Size{1} << 40;
  EXPECT_TRUE(says(error(in_memory({huge, huge}, {1}, {1})), "is not allowed"));
}

TEST(InMemory, NumbersMustBeFinite) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(error(in_memory({2}, {1, 2, 3, nan}, {0, 1})),
            "in_memory: feature 1 of sample 1 is nan; only finite numbers are allowed");
  EXPECT_EQ(error(in_memory({1}, {1, 2}, {0, 1 / 0.0f})),
            "in_memory: target 0 of sample 1 is inf; only finite numbers are allowed");
}

TEST(InMemory, LabelsMustBeClasses) {
  EXPECT_TRUE(says(error(in_memory({1}, {1, 2}, {0, 0.5f}), classes), "label 0.5 of sample 1"));
  EXPECT_TRUE(says(error(in_memory({1}, {1, 2}, {0, -1}), classes), "label -1 of sample 1"));
  EXPECT_TRUE(says(error(in_memory({1}, {1, 2}, {1, 1}), classes), "one class \"1\""));
  EXPECT_TRUE(says(error(in_memory({1}, {1, 2}, {0, 2}), {Wanted::Target::classes, 0, {"a", "b"}}),
                   "from 0 to 1"));
}

TEST(InMemory, OneClassIsFineWhenTheClassesAreKnown) {
  const Data data = in_memory({1}, {1, 2}, {1, 1}).load({Wanted::Target::classes, 0, {"a", "b"}});
  EXPECT_EQ(data.classes, (Names{"a", "b"}));
}

TEST(InMemory, ForPredictionTargetsMayLack) {
  const Data data = in_memory({1}, {1, 2}, {}).load({Wanted::Target::none, 1, {}});
  EXPECT_EQ(data.train.features, (Floats{1, 2}));
  EXPECT_EQ(error(in_memory({1}, {1, 2}, {}), {Wanted::Target::none, 3, {}}),
            "in_memory: has 1 features, the model takes 3; use data with the features it was "
            "trained on");
}

TEST(InMemory, ARecipeFileCannotUseIt) {
  const Dataset dataset = Dataset::read("in_memory");
  EXPECT_TRUE(says(error_of([&] { dataset.load({}); }), "only a C++ program"));
}

}  // namespace goodfit
