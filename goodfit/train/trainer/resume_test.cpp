// A run that was interrupted and resumed is the run that was not, bit for bit.
#include "goodfit/base/json.hpp"
#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/splits.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

std::string model_bytes(const fs::path& folder) { return read_file(folder / "model.safetensors"); }

Run train_in(const fs::path& folder, const Recipe& recipe, Size stop_after = -1,
             bool resume = false) {
  Watch watch(stop_after);
  return train(recipe, {.folder = folder, .resume = resume, .threads = 1, .callbacks = {&watch}});
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::istringstream text(read_file(file));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

// The epochs of record.jsonl, without what a clock says.
std::vector<std::string> epochs_of(const fs::path& folder) {
  std::vector<std::string> epochs;
  for (EpochReport report : read_history(folder)) {
    report.seconds = report.samples_per_second = 0;
    epochs.push_back(to_json(to_event(report)));
  }
  return epochs;
}

}  // namespace

TEST(Resume, GoesOnBitForBitFromAnyStep) {
  const TemporaryFolder place;
  const fs::path whole = place.path() + "/whole";
  const Recipe recipe = clouds_recipe();
  const auto run = train_in(whole, recipe);
  EXPECT_EQ(run.ending, Ending::finished);
  for (const Size stop : {1, 2, 4, 5, 8, 11, 15}) {  // an epoch has four steps
    const fs::path folder = place.path() + "/" + std::to_string(stop);
    const auto begun = train_in(folder, recipe, stop);
    EXPECT_EQ(begun.ending, Ending::interrupted);
    EXPECT_EQ(begun.epochs, stop / 4);
    const auto resumed = train_in(folder, recipe, -1, true);
    EXPECT_EQ(resumed.ending, Ending::finished);
    EXPECT_EQ(weights_of(resumed), weights_of(run)) << "stopped after step " << stop;
    EXPECT_EQ(model_bytes(folder), model_bytes(whole)) << "stopped after step " << stop;
    EXPECT_EQ(epochs_of(folder), epochs_of(whole)) << "stopped after step " << stop;
    EXPECT_EQ(resumed.best_epoch, run.best_epoch);
    EXPECT_EQ(resumed.best_scores, run.best_scores);
    EXPECT_EQ(resumed.history.size(), 4u);
  }
}

TEST(Resume, BringsBackAllThatAnOptimizerKeeps) {
  for (const Optimizer& rule :
       {Optimizer(Lookahead{.optimizer = Muon{}}), Optimizer(Ema{.decay = 0.9}),
        Optimizer(Swa{.start = 0.3}), Optimizer(ScheduleFreeSgd{}),
        Optimizer(ScheduleFreeAdamW{.warmup_steps = 3}), Optimizer(Prodigy{}),
        Optimizer(Sam{.optimizer = AdamW{}}), Optimizer(Lbfgs{.history = 3})}) {
    const TemporaryFolder place;
    Recipe recipe = clouds_recipe();
    recipe.optimizer = rule;
    const auto run = train_in(place.path() + "/whole", recipe);
    for (const Size stop : {3, 7, 8}) {
      const fs::path folder = place.path() + "/" + std::to_string(stop);
      train_in(folder, recipe, stop);
      EXPECT_EQ(weights_of(train_in(folder, recipe, -1, true)), weights_of(run)) << rule.key();
      EXPECT_EQ(epochs_of(folder), epochs_of(place.path() + "/whole")) << rule.key();
    }
  }
}

TEST(Resume, GoesOnBitForBitWithEveryOptimizer) {
  Optimizers::each([]<class Rule>() {
    const TemporaryFolder place;
    Recipe recipe = clouds_recipe();
    recipe.optimizer = Rule{};
    recipe.epochs = 2;
    const auto run = train_in(place.path() + "/whole", recipe);
    const fs::path torn = place.path() + "/torn";
    train_in(torn, recipe, 5);  // one step into the second epoch
    EXPECT_EQ(weights_of(train_in(torn, recipe, -1, true)), weights_of(run)) << Rule::card.key;
    EXPECT_EQ(epochs_of(torn), epochs_of(place.path() + "/whole")) << Rule::card.key;
  });
}

TEST(Resume, AddsTheSameNoiseToTheGradients) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  recipe.gradients = {ClipNorm{}, GradientNoise{}};
  const auto run = train_in(place.path() + "/whole", recipe);
  train_in(place.path() + "/torn", recipe, 7);
  EXPECT_EQ(weights_of(train_in(place.path() + "/torn", recipe, -1, true)), weights_of(run));
}

TEST(Resume, KeepsTheGroups) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  recipe.optimizer = AdamW{};
  recipe.groups = {{.match = "layers.1.weight", .freeze = true},
                   {.match = "layers.5", .lr_scale = 0.5, .weight_decay = 0.3}};
  const auto run = train_in(place.path() + "/whole", recipe);
  train_in(place.path() + "/torn", recipe, 7);
  EXPECT_EQ(weights_of(train_in(place.path() + "/torn", recipe, -1, true)), weights_of(run));
}

TEST(Resume, MayBeInterruptedAgainAndAgain) {
  const TemporaryFolder place;
  const Recipe recipe = clouds_recipe();
  train_in(place.path() + "/whole", recipe);
  const fs::path folder = place.path() + "/torn";
  train_in(folder, recipe, 1);
  for (int times = 0; times < 14; ++times) train_in(folder, recipe, 1, true);
  EXPECT_EQ(train_in(folder, recipe, -1, true).ending, Ending::finished);
  EXPECT_EQ(model_bytes(folder), model_bytes(place.path() + "/whole"));
  EXPECT_EQ(epochs_of(folder), epochs_of(place.path() + "/whole"));
}

TEST(Resume, KeepsTheSchedulesMemoryOfValidationLosses) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  recipe.lr = ReduceOnPlateau{.base = 0.5, .patience = 0};
  recipe.epochs = 6;
  const auto run = train_in(place.path() + "/whole", recipe);
  EXPECT_NE(run.history.front().lr, run.history.back().lr);
  train_in(place.path() + "/torn", recipe, 18);
  train_in(place.path() + "/torn", recipe, -1, true);
  EXPECT_EQ(epochs_of(place.path() + "/torn"), epochs_of(place.path() + "/whole"));
}

TEST(Resume, WritesEachEpochOnceIntoTheRecordAndTheTable) {
  const TemporaryFolder place;
  const fs::path folder = place.path() + "/run";
  train_in(folder, clouds_recipe(), 6);
  train_in(folder, clouds_recipe(), 6, true);
  train_in(folder, clouds_recipe(), -1, true);
  std::map<std::string, int> events;
  for (const std::string& line : lines_of(folder / "record.jsonl"))
    ++events[*from_json(line, "record").find("event")->text()];
  EXPECT_EQ(events["begin"], 1);
  EXPECT_EQ(events["resume"], 2);
  EXPECT_EQ(events["epoch"], 4);
  EXPECT_EQ(events["end"], 3);
  const auto table = lines_of(folder / "metrics.csv");
  ASSERT_EQ(table.size(), 5u);
  EXPECT_EQ(table[0], "epoch,lr,train_loss,validation_loss,validation_accuracy,seconds");
  for (std::size_t epoch = 1; epoch < table.size(); ++epoch)
    EXPECT_TRUE(table[epoch].starts_with(std::to_string(epoch) + ",")) << table[epoch];
}

TEST(Resume, OfAFinishedRunDoesNothingMore) {
  const TemporaryFolder place;
  const fs::path folder = place.path() + "/run";
  const auto run = train_in(folder, clouds_recipe());
  const std::string bytes = model_bytes(folder);
  Watch watch;
  const auto again =
      train(clouds_recipe(), {.folder = folder, .resume = true, .callbacks = {&watch}});
  EXPECT_EQ(watch.steps, 0);
  EXPECT_EQ(weights_of(again), weights_of(run));
  EXPECT_EQ(model_bytes(folder), bytes);
}

TEST(Resume, AfterTimeWasOverGoesOnBitForBit) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  const fs::path whole = place.path() + "/whole", folder = place.path() + "/run";
  const auto run = train_in(whole, recipe);
  const auto timed = [&](double seconds) {
    Recipe longer = recipe;
    longer.stop.seconds = seconds;
    return longer;
  };
  train_in(folder, recipe, 6);  // interrupted in the second of four epochs
  const auto over = train_in(folder, timed(1e-9), -1, true);
  EXPECT_EQ(over.ending, Ending::out_of_time);
  EXPECT_EQ(over.epochs, 2);
  const std::string bytes = model_bytes(folder);
  const auto epochs = epochs_of(folder);
  EXPECT_EQ(epochs.size(), 2u);
  EXPECT_EQ(load_run(folder).evaluate(split_of(over, "validation"), 1), over.best_scores);
  // As long as there is no more time, nothing changes.
  Watch watch;
  train(timed(1e-9), {.folder = folder, .resume = true, .threads = 1, .callbacks = {&watch}});
  EXPECT_EQ(watch.steps, 0);
  EXPECT_EQ(model_bytes(folder), bytes);
  EXPECT_EQ(epochs_of(folder), epochs);
  // Whatever the cut epoch left behind is taken back before the first step.
  train_in(folder, timed(0), 1, true);
  EXPECT_EQ(epochs_of(folder).size(), 1u);
  EXPECT_EQ(load_run(folder).evaluate(split_of(over, "validation"), 1),
            load_run(folder).best_scores);
  EXPECT_EQ(weights_of(train_in(folder, timed(600), -1, true)), weights_of(run));
  EXPECT_EQ(model_bytes(folder), model_bytes(whole));
  EXPECT_EQ(epochs_of(folder), epochs_of(whole));
  EXPECT_TRUE(says(read_file(folder / "record.jsonl"), "\"outcome\":\"out_of_time\""));
}

TEST(Resume, OfNothingBegins) {
  const TemporaryFolder place;
  EXPECT_EQ(train_in(place.path() + "/new", clouds_recipe(), -1, true).epochs, 4);
}

TEST(Resume, RefusesOtherData) {
  const TemporaryFolder place;
  Recipe recipe = clouds_recipe();
  train_in(place.path() + "/run", recipe, 3);
  recipe.data = clouds_data(150, 2);
  expect_error([&] { train_in(place.path() + "/run", recipe, -1, true); },
               "the data has changed since this run began; train a new one");
}

TEST(Resume, WithoutItAFolderWithARunIsRefused) {
  const TemporaryFolder place;
  train_in(place.path() + "/run", clouds_recipe(), 3);
  expect_error(
      [&] { train_in(place.path() + "/run", clouds_recipe()); },
      "this folder holds a run already; choose another with --out, or go on with --resume");
}

}  // namespace goodfit
