#include "goodfit/parts/datasets/npy.hpp"

#include <cmath>

#include "goodfit/parts/datasets/npy_testing.hpp"
#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

const std::string npy_x = npy_floats("(2, 3)", {1, 2, 3, 4, 5, 6}),
                  npy_y = npy_floats("(2,)", {0, 1});

struct NpyFolder {
  std::string path(const std::string& name = "") const { return folder.path() + "/" + name; }
  Data load(const std::vector<std::pair<std::string, std::string>>& files,
            const Wanted& wanted = numbers, Npy settings = {}) const {
    settings.path = folder.write("d.npz", zipped(files, 8));
    return settings.load(wanted);
  }
  std::string error(const std::vector<std::pair<std::string, std::string>>& files,
                    const Wanted& wanted = numbers, const Npy& settings = {}) const {
    const std::string message = error_of([&] { load(files, wanted, settings); });
    return message.substr(message.find("d.npz") == message.npos ? 0 : message.find("d.npz"));
  }
  TemporaryFolder folder;
};

}  // namespace

TEST(Npy, AnNpzHoldsSamplesAndTargets) {
  const Data data = NpyFolder().load({{"x.npy", npy_x}, {"y.npy", npy_y}}, classes);
  EXPECT_EQ(data.train.shape, Shape{3});
  EXPECT_EQ(data.train.features, (Floats{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(data.train.targets, (Floats{0, 1}));
  EXPECT_EQ(data.classes, (Names{"0", "1"}));
  EXPECT_FALSE(data.test);
}

TEST(Npy, TrainValidationAndTestArraysAreFoundByTheirNames) {
  const Data data = NpyFolder().load({{"x_train.npy", npy_x},
                                      {"y_train.npy", npy_y},
                                      {"x_validation.npy", npy_floats("(1, 3)", {4, 5, 6})},
                                      {"y_validation.npy", npy_floats("(1, 1)", {0})},
                                      {"x_test.npy", npy_floats("(1, 3)", {7, 8, 9})},
                                      {"y_test.npy", npy_floats("(1, 1)", {1})}});
  EXPECT_EQ(data.train.count(), 2);
  ASSERT_TRUE(data.validation && data.test);
  EXPECT_EQ(data.validation->features, (Floats{4, 5, 6}));
  EXPECT_EQ(data.validation->targets, Floats{0});
  EXPECT_EQ(data.test->features, (Floats{7, 8, 9}));
  EXPECT_EQ(data.test->targets, Floats{1});
}

TEST(Npy, LabelsNeedNotBeginWithZero) {
  const NpyFolder folder;
  const auto with = [](const std::string& y) {
    return std::vector<std::pair<std::string, std::string>>{{"x.npy", npy_x}, {"y.npy", y}};
  };
  const Data signs = folder.load(with(npy_floats("(2,)", {1, -1})), classes);
  EXPECT_EQ(signs.classes, (Names{"-1", "1"}));
  EXPECT_EQ(signs.train.targets, (Floats{1, 0}));
  const Wanted known{Wanted::Target::classes, 3, {"-1", "0", "1"}};
  EXPECT_EQ(folder.load(with(npy_floats("(2, 1)", {0, 1})), known).train.targets, (Floats{1, 2}));
  EXPECT_TRUE(says(folder.error(with(npy_floats("(2,)", {0, 7})), known),
                   "d.npz/y.npy: sample 1: the label 7 is not a class of the training rows"));
  EXPECT_TRUE(says(folder.error(with(npy_floats("(2,)", {2, 2})), classes), "of the one class"));
  EXPECT_TRUE(says(folder.error(with(npy_floats("(2,)", {2, 2.5})), classes),
                   "d.npz/y.npy: sample 1: the label 2.5 is no class"));
  EXPECT_EQ(folder.load(with(npy_floats("(2,)", {0, 2})), classes).classes.size(), 3u)
      << "indices of classes, one of which is not seen";
}

TEST(Npy, AFolderOfArraysWillDo) {
  const NpyFolder folder;
  folder.folder.write("inputs.npy", npy_x);
  folder.folder.write("goals.npy", npy_floats("(2, 2)", {1, 2, 3, 4}));
  const Data data =
      Npy{.path = folder.path(), .features = "inputs", .target = "goals"}.load(numbers);
  EXPECT_EQ(data.train.target_width, 2);
  EXPECT_EQ(data.train.targets, (Floats{1, 2, 3, 4}));
}

TEST(Npy, ToPredictSamplesAloneWillDo) {
  const NpyFolder folder;
  const Wanted wanted{Wanted::Target::none, 3, {"a", "b"}};
  EXPECT_TRUE(folder.load({{"x.npy", npy_x}}, wanted).train.targets.empty());
  const Npy single{.path = folder.folder.write("new.npy", npy_x)};
  EXPECT_EQ(single.load(wanted).train.features, (Floats{1, 2, 3, 4, 5, 6}));
  EXPECT_TRUE(says(error_of([&] { single.load(numbers); }),
                   "new.npy: is one array, the samples; targets are needed"));
  EXPECT_TRUE(says(folder.error({{"x.npy", npy_x}}, {Wanted::Target::none, 4, {}}),
                   "has 3 features, the model takes 4"));
}

TEST(Npy, ArraysThatLackOrDisagreeAreNamed) {
  const NpyFolder folder;
  EXPECT_EQ(folder.error({{"x.npy", npy_x}, {"labels.npy", npy_y}}),
            "d.npz: there is no array y or y_train; name another by npy.target; there are labels, "
            "x");
  EXPECT_EQ(folder.error({}), "d.npz: holds no .npy arrays");
  EXPECT_TRUE(says(folder.error({{"x.npy", npy_x}, {"y.npy", npy_floats("(3,)", {0, 1, 2})}}),
                   "d.npz/y.npy: has shape [3] for the 2 samples of"));
  EXPECT_TRUE(says(folder.error({{"x.npy", npy_floats("()", {1})}, {"y.npy", npy_y}}),
                   "d.npz/x.npy: is a single number"));
  EXPECT_TRUE(says(folder.error({{"x.npy", "text"}, {"y.npy", npy_y}}), "x.npy: is no NPY file"));
}

TEST(Npy, NumbersThatCannotBeUsedAreNamed) {
  const NpyFolder folder;
  EXPECT_TRUE(says(folder.error({{"x.npy", npy_floats("(2, 1)", {1, NAN})}, {"y.npy", npy_y}}),
                   "d.npz: feature 0 of sample 1 is nan; only finite numbers are allowed"));
  EXPECT_TRUE(
      says(folder.error({{"x.npy", npy_x}, {"y.npy", npy_floats("(2,)", {0, 1.5})}}, classes),
           "the label 1.5 of sample 1 is not allowed"));
}

TEST(Npy, DamagedFilesEndInOneLineOrInData) {
  const NpyFolder folder;
  const std::string bytes = zipped({{"x.npy", npy_x}, {"y.npy", npy_y}}, 0);
  EXPECT_GE(mutate(bytes, 500,
                   [&](const std::string& b) {
                     Npy{.path = folder.folder.write("m.npz", b)}.load(numbers);
                   }),
            int(bytes.size()));
}

}  // namespace goodfit
