#include "goodfit/parts/datasets/idx.hpp"

#include <cstdlib>

#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

using namespace std::string_literals;

const std::string images3 = "\0\0\x08\x03\0\0\0\x03\0\0\0\x01\0\0\0\x02\0\x01\x02\x03\xfe\xff"s;
const std::string labels3 = "\0\0\x08\x01\0\0\0\x03\0\x02\x01"s;
const std::string images1 = "\0\0\x08\x03\0\0\0\x01\0\0\0\x01\0\0\0\x02\x05\x06"s;
const std::string labels1 = "\0\0\x08\x01\0\0\0\x01\x02"s;

struct Four {
  Four() {
    folder.write("train-images-idx3-ubyte", images3);
    folder.write("train-labels-idx1-ubyte.gz", gzipped(labels3));
    folder.write("t10k-images-idx3-ubyte.gz", gzipped(images1));
    folder.write("t10k-labels-idx1-ubyte", labels1);
  }
  std::string error(const Wanted& wanted = classes) const {
    return error_of([&] { Idx{folder.path()}.load(wanted); });
  }
  TemporaryFolder folder;
};

}  // namespace

TEST(Idx, FourFilesBecomeATrainingAndATestSet) {
  const Four four;
  const Data data = Idx{four.folder.path()}.load(classes);
  EXPECT_EQ(data.train.shape, (Shape{1, 2, 1}));
  EXPECT_EQ(data.train.features, (Floats{0, 1, 2, 3, 254, 255}));
  EXPECT_EQ(data.train.targets, (Floats{0, 2, 1}));
  EXPECT_EQ(data.classes, (Names{"0", "1", "2"}));
  ASSERT_TRUE(data.test);
  EXPECT_EQ(data.test->features, (Floats{5, 6}));
  EXPECT_EQ(data.test->targets, (Floats{2}));
}

TEST(Idx, AValidationSetMayLieBesideThem) {
  const Four four;
  EXPECT_FALSE(Idx{four.folder.path()}.load(classes).validation);
  four.folder.write("validation-images-idx3-ubyte", images1);
  EXPECT_TRUE(says(four.error(), "there is no validation-labels-idx1-ubyte"));
  four.folder.write("validation-labels-idx1-ubyte.gz", gzipped(labels1));
  const Data data = Idx{four.folder.path()}.load(classes);
  ASSERT_TRUE(data.validation);
  EXPECT_EQ(data.validation->features, (Floats{5, 6}));
  EXPECT_EQ(data.validation->targets, (Floats{2}));
  const Data alike = Idx{four.folder.path(), "input"}.load({});
  EXPECT_EQ(alike.validation->targets, (Floats{5 / 255.0f, 6 / 255.0f}));
}

TEST(Idx, LabelsCanBeNumbers) {
  const Four four;
  const Data data = Idx{four.folder.path()}.load({});
  EXPECT_EQ(data.classes, (Names{}));
  EXPECT_EQ(data.train.targets, (Floats{0, 2, 1}));
}

TEST(Idx, TheTargetCanBeTheImageItself) {
  const Four four;
  const Data data = Idx{four.folder.path(), "input"}.load({});
  EXPECT_EQ(data.train.target_width, 2);
  EXPECT_EQ(data.train.features, (Floats{0, 1 / 255.0f, 2 / 255.0f, 3 / 255.0f, 254 / 255.0f, 1}));
  EXPECT_EQ(data.train.targets, data.train.features);
  EXPECT_EQ(data.test->targets, (Floats{5 / 255.0f, 6 / 255.0f}));
  EXPECT_TRUE(
      says(error_of([&] {
             (Idx{four.folder.path(), "input"}.load(classes));
           }),
           "target = \"input\" gives numbers from 0 to 1, not classes: take mse as the loss"));
}

TEST(Idx, APixelThatIsNoNumberIsRefused) {
  const Four four;
  four.folder.write("t10k-images-idx3-ubyte.gz",
                    "\0\0\x0d\x03\0\0\0\x01\0\0\0\x01\0\0\0\x02\x7f\xc0\0\0\0\0\0\0"s);
  EXPECT_TRUE(says(four.error(), "(test): feature 0 of sample 0 is nan"));
}

TEST(Idx, AMissingFileIsNamedWithTheCommandThatFetchesIt) {
  const Four four;
  std::filesystem::remove(four.folder.path() + "/t10k-labels-idx1-ubyte");
  EXPECT_TRUE(says(four.error(), "there is no t10k-labels-idx1-ubyte or "));
  EXPECT_TRUE(says(four.error(), "goodfit data fetch mnist"));
}

TEST(Idx, LabelsAndImagesMustBeAsMany) {
  const Four four;
  four.folder.write("t10k-labels-idx1-ubyte", labels3);
  EXPECT_TRUE(says(four.error(), "t10k-labels-idx1-ubyte: has 3 labels for the 1 images of"));
}

TEST(Idx, ImagesOfAnotherSizeInTheTestSetAreRefused) {
  const Four four;
  four.folder.write("t10k-images-idx3-ubyte.gz",
                    "\0\0\x08\x03\0\0\0\x01\0\0\0\x02\0\0\0\x01\x05\x06"s);
  EXPECT_TRUE(says(four.error(), "samples have shape [2, 1, 1], those for training [1, 2, 1]"));
}

TEST(Idx, CorruptAndTruncatedFilesAreNamed) {
  const Four four;
  const std::string good = gzipped(images1);
  const std::string path = four.folder.write("t10k-images-idx3-ubyte.gz", good.substr(0, 20));
  EXPECT_TRUE(says(four.error(), path + ": the gzip file is corrupt"));
  four.folder.write("t10k-images-idx3-ubyte.gz", gzipped(images1.substr(0, 17)));
  EXPECT_TRUE(says(four.error(), path + ": the IDX header says shape [1, 1, 2], expected 18"));
  four.folder.write("t10k-images-idx3-ubyte.gz", labels1);
  EXPECT_TRUE(says(four.error(), "images have shape [1], expected [count, height, width]"));
}

TEST(Idx, LabelsOutsideTheKnownClassesAreRefused) {
  const Four four;
  EXPECT_TRUE(
      says(four.error({Wanted::Target::classes, 0, {"0", "1"}}),
           "the label 2 of sample 1 is not allowed: classes are whole numbers from 0 to 1"));
}

TEST(Idx, OneClassOnlyAndAnotherWidthAreRefused) {
  const Four four;
  EXPECT_TRUE(
      says(four.error({Wanted::Target::classes, 784, {}}), "has 2 features, the model takes 784"));
  four.folder.write("train-labels-idx1-ubyte.gz", "\0\0\x08\x01\0\0\0\x03\x02\x02\x02"s);
  EXPECT_TRUE(says(four.error(), "all samples are of the one class \"2\""));
}

TEST(Idx, RealMnistHasItsPublishedSize) {
  const char* folder = std::getenv("GOODFIT_DATA");
  if (!folder || !std::filesystem::exists(folder + "/mnist"s))
    GTEST_SKIP() << "set GOODFIT_DATA to a folder that holds mnist/ to run this test";
  const Data data = Idx{folder + "/mnist"s}.load(classes);
  EXPECT_EQ(data.train.shape, (Shape{28, 28, 1}));
  EXPECT_EQ(data.train.count(), 60000);
  EXPECT_EQ(data.test->count(), 10000);
  EXPECT_EQ(data.classes.size(), 10u);
  EXPECT_EQ(data.train.targets[0], 5);
  double sum = 0;
  for (const float value : data.train.features) sum += value;
  EXPECT_NEAR(sum / double(data.train.features.size()) / 255, 0.1307, 1e-4);
}

}  // namespace goodfit
