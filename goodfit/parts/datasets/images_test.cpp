#include "goodfit/parts/datasets/images.hpp"

#include <fmt/core.h>

#include "goodfit/parts/datasets/picture_testing.hpp"
#include "goodfit/parts/datasets/read_ahead.hpp"
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
  Data sized(const char* fit, const Wanted& wanted = classes) const {
    return Images{.path = folder.path(), .height = 1, .width = 2, .fit = fit}.load(wanted);
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

TEST(Images, ValidationPicturesMayLieBesideThem) {
  for (const std::string folder : {"validation", "val"}) {
    Zoo zoo;
    EXPECT_FALSE(Images{zoo.folder.path()}.load(classes).validation);
    zoo.put(folder + "/dog/a.png", 7);
    const Data data = Images{zoo.folder.path()}.load(classes);
    ASSERT_TRUE(data.validation) << folder;
    EXPECT_EQ(data.validation->features, (Floats{7, 7}));
    EXPECT_EQ(data.validation->targets, Floats{1});
    zoo.put(folder + "/owl/a.png", 7);
    EXPECT_TRUE(says(zoo.error(), "\"owl\" is not a class of the training pictures"));
  }
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
  EXPECT_TRUE(says(zoo.error(),
                   "dog/3.png: has 1 × 5 pixels, those before it 1 × 2; give the data height"));
}

TEST(Images, PicturesOfAnySizeAreBroughtToOne) {
  Zoo zoo;
  zoo.put("train/dog/3.png", 30, 6);
  for (const char* fit : {"crop", "stretch", "pad"}) {
    const Data data = zoo.sized(fit);
    EXPECT_EQ(data.train.shape, (Shape{1, 2, 1}));
    EXPECT_EQ(data.train.features, (Floats{5, 5, 10, 10, 20, 20, 30, 30})) << fit;
  }
}

TEST(Images, EveryNumberOfThreadsReadsTheSame) {
  Zoo zoo;
  for (Size i = 0; i < 40; ++i)
    zoo.put(fmt::format("train/dog/more{}.png", i), static_cast<unsigned char>(i), 2 + i % 7);
  Wanted wanted = classes;
  wanted.threads = 1;
  const Data one = zoo.sized("stretch", wanted);
  EXPECT_EQ(one.train.count(), 43);
  for (const int threads : {2, 3, 8}) {
    wanted.threads = threads;
    const Data many = zoo.sized("stretch", wanted);
    EXPECT_EQ(many.train.features, one.train.features);
    EXPECT_EQ(many.train.targets, one.train.targets);
  }
}

TEST(Images, TheFirstOfManyBadPicturesIsNamed) {
  Zoo zoo;
  for (int i = 10; i < 90; ++i)
    zoo.folder.write(fmt::format("train/dog/{}.png", i),
                     i % 20 == 7 ? "broken" : png({1, 2, 1, {1, 2}}));
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(says(zoo.error(), "train/dog/27.png: is neither a PNG nor a JPEG file"));
}

TEST(Images, PicturesThatTheModelCannotTakeAreToldWithTheirSize) {
  const Zoo zoo;
  EXPECT_TRUE(says(zoo.error({Wanted::Target::classes, 12, {"cat", "dog"}}),
                   "has 1 × 2 pixels of 1 channels, 2 numbers; the model takes 12; use pictures"));
}

TEST(Images, ASetBeyondTheMemoryIsRefusedBeforeItIsRead) {
  Zoo zoo;
  for (int i = 10; i < 300; ++i) zoo.put(fmt::format("train/dog/{}.png", i), 1);
  const Images huge{.path = zoo.folder.path(), .height = 32768, .width = 32768, .keep = "memory"};
  EXPECT_TRUE(says(error_of([&] { huge.load(classes); }), "GB of memory, this machine has"));
}

TEST(Images, ASetBeyondTheMemoryStaysInItsFiles) {
  Zoo zoo;
  for (int i = 10; i < 300; ++i) zoo.put(fmt::format("train/dog/{}.png", i), 1);
  const Data data =
      Images{.path = zoo.folder.path(), .height = 32768, .width = 32768}.load(classes);
  EXPECT_TRUE(data.train.reader && data.train.features.empty());
  EXPECT_EQ(data.train.count(), 292);
  ASSERT_EQ(data.remarks.size(), 1u);
  EXPECT_TRUE(says(data.remarks[0], "GB, more than half of the memory that is free"));
  EXPECT_FALSE(zoo.sized("crop").train.reader);
  EXPECT_TRUE(zoo.sized("crop").remarks.empty());
}

TEST(Images, FromFilesTheSamplesAreThoseInMemory) {
  const Zoo zoo;
  const Data data = Images{.path = zoo.folder.path(), .keep = "files"}.load(classes);
  EXPECT_EQ(data.train.shape, (Shape{1, 2, 1}));
  EXPECT_EQ(data.train.targets, (Floats{0, 1, 1}));
  Floats read(4);
  data.train.reader->take(std::vector<Size>{2, 0}, read);
  EXPECT_EQ(read, (Floats{20, 20, 5, 5}));
  ASSERT_TRUE(data.test);
  read.resize(2);
  data.test->reader->take(std::vector<Size>{0}, read);
  EXPECT_EQ(read, (Floats{6, 6}));
}

TEST(Images, HeightAndWidthGoTogether) {
  const auto error = error_of([] { check(Images{.path = "x", .height = 8}); });
  EXPECT_TRUE(says(error, "height = 8 with width = 0 is not allowed: give both, or none"));
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
