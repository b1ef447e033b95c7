#include "goodfit/parts/datasets/libsvm.hpp"

#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

const Libsvm sparse{.path = "t.svm", .test = "t.svm.t"};

Data sparse_data(std::string_view text, const Wanted& wanted = numbers, Libsvm settings = sparse,
                 std::string_view test = "") {
  return settings.parse(text, test, wanted);
}
std::string sparse_error(std::string_view text, const Wanted& wanted = numbers,
                         const Libsvm& settings = sparse, std::string_view test = "") {
  return error_of([&] { sparse_data(text, wanted, settings, test); });
}

}  // namespace

TEST(Libsvm, WhatIsNotWrittenIsZero) {
  const Data data = sparse_data("0.5 1:2 3:-1e1\n\n# all a remark\r\n-1 qid:7 2:4 # 3:9\r\n7\n");
  EXPECT_EQ(data.train.shape, Shape{3});
  EXPECT_EQ(data.train.features, (Floats{2, 0, -10, 0, 4, 0, 0, 0, 0}));
  EXPECT_EQ(data.train.targets, (Floats{0.5, -1, 7}));
}

TEST(Libsvm, ClassesAreWholeNumbersSorted) {
  const Data data = sparse_data("+1 1:1\n-1 1:2\n10 1:3\n2.0 1:4\n", classes);
  EXPECT_EQ(data.classes, (Names{"-1", "1", "2", "10"}));
  EXPECT_EQ(data.train.targets, (Floats{1, 0, 3, 2}));
  EXPECT_EQ(sparse_error("1 1:1\n2.5 1:2\n", classes),
            "t.svm:2: the label 2.5 is no class; classes are whole numbers; to predict a number "
            "choose a loss for numbers");
}

TEST(Libsvm, ATestFileHasTheSameFeaturesAndClasses) {
  const Data data = sparse_data("1 1:1\n2 2:1\n", classes, sparse, "2 4:1\n");
  EXPECT_EQ(data.train.shape, Shape{4});
  ASSERT_TRUE(data.test);
  EXPECT_EQ(data.test->features, (Floats{0, 0, 0, 1}));
  EXPECT_EQ(data.test->targets, Floats{1});
  EXPECT_EQ(sparse_error("1 1:1\n2 2:1\n", classes, sparse, "\n3 1:1\n"),
            "t.svm.t:2: the label 3 is not a class of the training rows; they are 1 to 2");
}

TEST(Libsvm, ToPredictTheModelSaysHowManyFeaturesThereAre) {
  const Wanted wanted{Wanted::Target::none, 5, {"a", "b"}};
  const Data data = sparse_data("? 2:1\n0 5:1\n", wanted);
  EXPECT_EQ(data.train.shape, Shape{5});
  EXPECT_TRUE(data.train.targets.empty());
  EXPECT_EQ(sparse_error("0 6:1\n", wanted),
            "t.svm:1: the index 6 is not allowed: there are 5 features");
  EXPECT_EQ(sparse_data("1 2:1\n", numbers, {.path = "t.svm", .features = 9}).train.shape,
            Shape{9});
}

TEST(Libsvm, BadRowsAreNamed) {
  const std::string good = "1 1:1\n";
  EXPECT_EQ(sparse_error(good + "2 0:5\n"),
            "t.svm:2: the index 0 is not allowed: indices count from 1");
  EXPECT_EQ(sparse_error("1 3:1 2:1\n"),
            "t.svm:1: the index 2 comes after 3; indices must rise within a row");
  EXPECT_TRUE(says(sparse_error("1 3:1 3:1\n"), "the index 3 comes after 3"));
  EXPECT_EQ(sparse_error("1 a:1\n"),
            "t.svm:1: \"a:1\" is no feature; they are written index:value, as 3:0.5");
  EXPECT_TRUE(says(sparse_error("1 5\n"), "\"5\" is no feature"));
  EXPECT_TRUE(says(sparse_error("1 -2:5\n"), "the index -2 is not allowed"));
  EXPECT_TRUE(says(sparse_error("1 99999999999999999999:5\n"), "is no feature"));
  EXPECT_TRUE(says(sparse_error("1 900000000:5\n"), "at most 100000000 features"));
  EXPECT_EQ(sparse_error("1 2:x\n"), "t.svm:1: the value \"x\" is not a number");
  EXPECT_TRUE(says(sparse_error("1 2:\n"), "the value \"\" is not a number"));
  EXPECT_TRUE(says(sparse_error("1 2:nan\n"), "\"nan\" is not a finite number"));
  EXPECT_TRUE(says(sparse_error("1 2:1e99\n"), "\"1e99\" is out of range"));
  EXPECT_EQ(sparse_error("one 2:1\n"), "t.svm:1: the label \"one\" is not a number");
  EXPECT_TRUE(says(sparse_error("1,3 2:1\n"), "the label \"1,3\" is not a number"));
  EXPECT_EQ(sparse_error("2:1\n"),
            "t.svm:1: begins with \"2:1\"; the label comes first, as in \"1 3:0.5 7:2\"");
  EXPECT_TRUE(says(sparse_error("# nothing\n\n"), "t.svm: is empty"));
  EXPECT_TRUE(says(sparse_error("1\n2\n"), "t.svm: has no features"));
  EXPECT_TRUE(says(sparse_error("1 1:1\n1 1:2\n", classes), "all samples are of the one class"));
}

TEST(Libsvm, TooManyFeaturesForTheMemoryAreRefused) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "1 100000000:1\n";
  EXPECT_TRUE(says(sparse_error(text), "GB of memory, this machine has"));
}

TEST(Libsvm, DamagedTextEndsInOneLineOrInData) {
  EXPECT_GE(mutate("+1 1:0.5 3:2\n-1 qid:2 2:7 # x\n", 500,
                   [](const std::string& bytes) { sparse_data(bytes); }),
            100);
}

}  // namespace goodfit
