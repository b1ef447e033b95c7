#include "goodfit/parts/datasets/cifar10.hpp"

#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

// A picture whose three colors are r, g and b all over, but for its first pixel, which is 1, 2, 3.
std::string record(char label, char r, char g, char b) {
  std::string bytes(1, label);
  for (const char color : {r, g, b}) bytes += std::string(1024, color);
  for (int i = 0; i < 3; ++i) bytes[std::size_t(1 + 1024 * i)] = char(i + 1);
  return bytes;
}

}  // namespace

TEST(Cifar10, ColorsComeLast) {
  const TemporaryFolder folder;
  folder.write("data_batch_1.bin", record(3, 10, 20, 30) + record(9, 4, 5, 6));
  folder.write("data_batch_3.bin", record(0, 7, 8, 9));
  folder.write("test_batch.bin", record(1, 1, 1, 1));
  const Data data = Cifar10{folder.path()}.load(classes);
  EXPECT_EQ(data.train.shape, (Shape{32, 32, 3}));
  EXPECT_EQ(data.train.targets, (Floats{3, 9, 0}));
  EXPECT_EQ(Floats(data.train.features.begin(), data.train.features.begin() + 6),
            (Floats{1, 2, 3, 10, 20, 30}));
  EXPECT_EQ(data.train.features.size(), 3u * 3072);
  EXPECT_EQ(data.classes[3], "cat");
  ASSERT_TRUE(data.test);
  EXPECT_EQ(data.test->targets, (Floats{1}));
}

TEST(Cifar10, AMissingFolderIsNamedWithTheCommandThatFetchesIt) {
  EXPECT_TRUE(says(error_of([] { Cifar10{"/nowhere"}.load(classes); }),
                   "goodfit data fetch cifar10 --out /nowhere"));
}

TEST(Cifar10, DamagedFilesAreNamed) {
  const TemporaryFolder folder;
  const std::string path = folder.write("data_batch_1.bin", record(3, 1, 1, 1).substr(5));
  const auto error = [&] { return error_of([&] { Cifar10{folder.path()}.load(classes); }); };
  EXPECT_TRUE(says(error(), path + ": has 3068 bytes, which is no whole number of pictures"));
  folder.write("data_batch_1.bin", record(1, 1, 1, 1) + record(10, 1, 1, 1));
  EXPECT_TRUE(says(error(), "the label 10 of picture 1 is not allowed: labels are 0 to 9"));
}

}  // namespace goodfit
