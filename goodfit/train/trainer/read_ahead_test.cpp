// Pictures read from their files in each epoch make the model that pictures in memory make.
#include <fmt/core.h>

#include <cstdio>

#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/train/trainer/splits.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

struct Pictures {
  explicit Pictures(Size count = 40) {
    Random random(5, stream_of("pictures"));
    for (const char* split : {"train", "test"})
      for (Size i = 0; i < count; ++i) {
        Picture picture{6, 5, 3, {}};
        for (Size j = 0; j < 90; ++j)
          picture.pixels.push_back(
              static_cast<unsigned char>(random.below(i % 2 == 0 ? 256 : 128)));
        write(fmt::format("{}/{}/{}.png", split, i % 2 == 0 ? "light" : "dark", 100 + i), picture);
      }
  }
  void write(const std::string& name, const Picture& picture) const {
    fs::create_directories((fs::path(folder.path()) / name).parent_path());
    folder.write(name, png(picture));
  }
  // All that may gather: shuffling, a last batch that is smaller, held-out samples, statistics.
  Recipe recipe(const std::string& keep) const {
    Recipe recipe;
    recipe.data = Images{.path = folder.path(), .height = 4, .width = 4, .keep = keep};
    recipe.model = {Standardize{},  Conv2d{.out = 4, .kernel = 3},
                    BatchNorm{},    Relu{},
                    Flatten{},      Dropout{.p = 0.2},
                    Dense{.out = 2}};
    recipe.transforms = {Flip{}};
    recipe.batch = 7;
    recipe.epochs = 3;
    recipe.seed = 2;
    recipe.split = {.validation = 0.25};
    return recipe;
  }
  TemporaryFolder folder;
};

std::string model_in(const fs::path& folder) { return read_file(folder / "model.safetensors"); }

}  // namespace

TEST(ReadAheadTraining, MakesTheSameModelForAnyNumberOfThreads) {
  const Pictures pictures;
  const TemporaryFolder place;
  const fs::path memory = place.path() + "/memory";
  const auto run = train(pictures.recipe("memory"), {.folder = memory, .threads = 1});
  for (const int threads : {1, 2, 3}) {
    const fs::path files = place.path() + "/" + std::to_string(threads);
    const auto same = train(pictures.recipe("files"), {.folder = files, .threads = threads});
    EXPECT_EQ(model_in(files), model_in(memory)) << threads << " threads";
    EXPECT_EQ(same.best_scores, run.best_scores);
    EXPECT_EQ(same.test_scores, run.test_scores);
  }
}

TEST(ReadAheadTraining, SoDoOptimizersThatTakeABatchTwiceAndStepsOfManyBatches) {
  const Pictures pictures;
  const auto trained = [&](const char* keep, const Optimizer& optimizer) {
    Recipe recipe = pictures.recipe(keep);
    recipe.optimizer = optimizer;
    recipe.accumulate = 2;
    return weights_of(train(recipe, {.threads = 2}));
  };
  for (const Optimizer& one : {Optimizer(Sam{.optimizer = Adam{}}), Optimizer(Swa{.start = 0.3})})
    EXPECT_EQ(trained("files", one), trained("memory", one)) << one.key();
}

TEST(ReadAheadTraining, GoesOnBitForBitWhereverTheSamplesWereBefore) {
  const Pictures pictures;
  const TemporaryFolder place;
  const fs::path whole = place.path() + "/whole";
  train(pictures.recipe("memory"), {.folder = whole, .threads = 1});
  for (const auto& [first, then] :
       {std::pair("files", "files"), std::pair("memory", "files"), std::pair("files", "memory")}) {
    const fs::path torn = place.path() + "/" + first + then;
    Watch watch(7);  // inside the second epoch
    train(pictures.recipe(first), {.folder = torn, .threads = 2, .callbacks = {&watch}});
    train(pictures.recipe(then), {.folder = torn, .resume = true, .threads = 2});
    EXPECT_EQ(model_in(torn), model_in(whole)) << first << ", then " << then;
  }
}

TEST(ReadAheadTraining, PredictionsAndScoresAreTheSame) {
  const Pictures pictures;
  const auto run = train(pictures.recipe("files"), {.threads = 1});
  const Data memory = pictures.recipe("memory").data->load({Wanted::Target::classes, 0, {}});
  const Data files = pictures.recipe("files").data->load({Wanted::Target::classes, 0, {}});
  EXPECT_EQ(run.predict(files.train), run.predict(memory.train));
  EXPECT_EQ(run.sample(files.train, 3, 1), run.sample(memory.train, 3, 1));
  EXPECT_EQ(run.evaluate(*files.test), run.evaluate(*memory.test));
  const Samples held_out = split_of(run, "validation");
  EXPECT_TRUE(held_out.reader);
  EXPECT_EQ(run.evaluate(held_out), run.best_scores);
}

TEST(ReadAheadTraining, APictureThatGoesBadOnTheWayIsNamed) {
  const Pictures pictures;
  struct Breaks : Callback {
    void on_epoch(const EpochReport&) override { folder->write(name, "no picture"); }
    const TemporaryFolder* folder;
    std::string name = "train/dark/101.png";
  } breaks;
  breaks.folder = &pictures.folder;
  expect_error([&] { train(pictures.recipe("files"), {.threads = 2, .callbacks = {&breaks}}); },
               "train/dark/101.png: is neither a PNG nor a JPEG file");
}

}  // namespace goodfit
