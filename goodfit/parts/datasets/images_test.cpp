#include "goodfit/parts/datasets/images.hpp"

#include "goodfit/parts/datasets/picture_testing.hpp"
#include "goodfit/parts/datasets/wanted_testing.hpp"

namespace goodfit {
namespace {

struct Zoo {
  Zoo() {
    put("train/dog/2.png", 20);
    put("train/dog/10.png", 10);
    put("train/cat/1.png", 5);
    put("test/cat/1.png", 6);
    folder.write("train/cat/notes.txt", "not a picture");
    folder.write("train/cat/.hidden.png", "not read");
  }
  void put(const std::string& name, unsigned char value, Size width = 2) {
    std::filesystem::create_directories(
        (std::filesystem::path(folder.path()) / name).parent_path());
    folder.write(name, png({1, width, 1, std::vector<unsigned char>(std::size_t(width), value)}));
  }
  std::string error(const Wanted& wanted = classes) const {
    return error_of([&] { Images{folder.path()}.load(wanted); });
  }
  TemporaryFolder folder;
};

}  // namespace

TEST(Images, FoldersAreClassesInTheOrderOfTheirNames) {
  const Zoo zoo;
  const Data data = Images{zoo.folder.path()}.load(classes);
  EXPECT_EQ(data.classes, (Names{"cat", "dog"}));
  EXPECT_EQ(data.train.shape, (Shape{1, 2, 1}));
  EXPECT_EQ(data.train.features, (Floats{5, 5, 10, 10, 20, 20}));
  EXPECT_EQ(data.train.targets, (Floats{0, 1, 1}));
  ASSERT_TRUE(data.test);
  EXPECT_EQ(data.test->features, (Floats{6, 6}));
  EXPECT_EQ(data.test->targets, (Floats{0}));
}

TEST(Images, WithoutATrainFolderAllIsForTraining) {
  const Zoo zoo;
  const Data data = Images{zoo.folder.path() + "/train"}.load(classes);
  EXPECT_EQ(data.train.count(), 3);
  EXPECT_FALSE(data.test);
}

TEST(Images, GrayPicturesBecomeColorsOnDemand) {
  const Zoo zoo;
  const Data data = Images{.path = zoo.folder.path(), .channels = 3}.load(classes);
  EXPECT_EQ(data.train.shape, (Shape{1, 2, 3}));
}

TEST(Images, ToPredictLoosePicturesWillDo) {
  Zoo zoo;
  zoo.put("new/b.png", 2);
  zoo.put("new/a.png", 1);
  const Wanted wanted{Wanted::Target::none, 2, {"cat", "dog"}};
  const Data data = Images{zoo.folder.path() + "/new"}.load(wanted);
  EXPECT_EQ(data.train.features, (Floats{1, 1, 2, 2}));
  EXPECT_EQ(data.classes, (Names{"cat", "dog"}));
  EXPECT_TRUE(says(error_of([&] { Images{zoo.folder.path() + "/new"}.load(classes); }),
                   "there are no pictures (.png, .jpg, .jpeg) in folders named after"));
}

TEST(Images, PicturesOfAnotherSizeAreNamed) {
  Zoo zoo;
  zoo.put("train/dog/3.png", 1, 5);
  EXPECT_TRUE(says(zoo.error(), "dog/3.png: has 1 × 5 pixels, those before it 1 × 2; bring all"));
}

TEST(Images, AnUnknownClassIsNamed) {
  Zoo zoo;
  zoo.put("test/bird/1.png", 1);
  EXPECT_TRUE(
      says(zoo.error(), "\"bird\" is not a class of the training pictures; they are cat, dog"));
  const Zoo known;
  EXPECT_TRUE(says(known.error({Wanted::Target::classes, 0, {"cat", "fox"}}), "\"dog\" is not"));
}

TEST(Images, TwoChannelsDoNotExist) {
  EXPECT_TRUE(says(error_of([] {
                     Setting table{Setting::Table{}};
                     table["type"] = "images";
                     table["path"] = "x";
                     table["channels"] = 2;
                     Dataset::read(table);
                   }),
                   "must be 0, 1 or 3"));
}

}  // namespace goodfit
