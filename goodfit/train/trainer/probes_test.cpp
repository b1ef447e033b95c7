#include "goodfit/train/trainer/probes.hpp"

#include <nlohmann/json.hpp>

#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

std::vector<ProbeReport> probes_in(const std::string& folder) {
  std::vector<ProbeReport> found;
  for (const Setting& event : read_events(folder))
    if (*event.find("event")->text() == "probe") found.push_back(probe_from(event));
  return found;
}

}  // namespace

TEST(Probes, AreMeasuredAtEpochsThatDoubleEveryOtherTimeAndAtTheLast) {
  Recipe recipe = clouds_recipe();
  recipe.epochs = 20;
  const Data data = recipe.data->load(wanted_by(recipe));
  const Portion train = whole(data.train);
  Store store;
  Threads threads(1);
  const Probes probes(recipe, train, store, threads);
  std::vector<Size> due;
  for (Size epoch = 1; epoch <= 20; ++epoch)
    if (probes.due(epoch)) due.push_back(epoch);
  EXPECT_EQ(due, (std::vector<Size>{1, 2, 3, 4, 6, 8, 11, 16, 20}));
}

TEST(Probes, WhatIsTrainedIsTheSameWithAsWithout) {
  const TemporaryFolder folder;
  Recipe recipe = clouds_recipe();
  recipe.probes = "epochs";
  const auto with = train(recipe, {.folder = folder.path() + "/with", .threads = 1});
  recipe.probes = "off";
  const auto without = train(recipe, {.folder = folder.path() + "/without", .threads = 1});
  EXPECT_EQ(weights_of(with), weights_of(without));
  EXPECT_EQ(probes_in(folder.path() + "/with").size(), 4u);
  EXPECT_TRUE(probes_in(folder.path() + "/without").empty());
}

TEST(Probes, SeeTheLayersAndTheLastStep) {
  const TemporaryFolder folder;
  Recipe recipe = clouds_recipe();
  recipe.model = {Dense{.out = 8, .bias = false}, Relu{}, Dense{.out = 3, .bias = false}};
  recipe.optimizer = Sgd{};
  recipe.lr = 1e-3;
  recipe.batch = 1000;  // one step an epoch
  recipe.epochs = 2;
  const auto run = train(recipe, {.folder = folder.path() + "/a", .threads = 1});
  recipe.epochs = 1;
  const auto before = train(recipe, {.threads = 1});
  const ProbeReport probe = probes_in(folder.path() + "/a").back();
  ASSERT_EQ(probe.layers.size(), 3u);
  EXPECT_EQ(probe.samples, 32);
  EXPECT_EQ(probe.layers[1].key, "relu");
  EXPECT_FALSE(probe.layers[1].weights);
  EXPECT_GT(probe.layers[1].outputs.zeros, 0.2);
  const auto now = named(run).at("layers.0.weight"), old = named(before).at("layers.0.weight");
  double moved = 0, size = 0;
  for (std::size_t i = 0; i < now.size(); ++i)
    moved += std::pow(now[i] - old[i], 2), size += std::pow(old[i], 2);
  EXPECT_NEAR(*probe.layers[0].update / std::sqrt(moved / size), 1, 1e-4);
  EXPECT_NEAR(probe.layers[0].weights->mean, summary_of(now).mean, 1e-5);
}

TEST(Probes, AreDroppedWithTheEpochsThatAResumeTrainsAgain) {
  const TemporaryFolder folder;
  Recipe recipe = clouds_recipe();
  recipe.probes = "epochs";
  train(recipe, {.folder = folder.path() + "/a", .threads = 1});
  const auto all = read_events(folder.path() + "/a");
  { const Record record(folder.path() + "/a", 2); }
  const auto kept = probes_in(folder.path() + "/a");
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept.back().epoch, 2);
  EXPECT_EQ(to_event(kept.back()), to_event(probe_from(to_event(kept.back()))));
}

// What has recurrences, sequences of classes, buffers and no activation of its own.
TEST(Probes, TakeEveryKindOfModel) {
  Data data;
  data.train.shape = {6};
  data.train.target_width = 6;
  for (int i = 0; i < 40 * 6; ++i) {
    data.train.features.push_back(float(i % 5));
    data.train.targets.push_back(float((i + 1) % 5));
  }
  data.classes = {"a", "b", "c", "d", "e"};
  Recipe recipe{.data = in_memory(data),
                .model = {Embedding{.num = 5, .dim = 4}, Lstm{.hidden = 3, .sequences = true},
                          Dense{.out = 5}},
                .epochs = 1};
  const TemporaryFolder folder;
  train(recipe, {.folder = folder.path() + "/a", .threads = 1});
  const auto probes = probes_in(folder.path() + "/a");
  ASSERT_EQ(probes.size(), 1u);
  ASSERT_EQ(probes[0].layers.size(), 3u);
  for (const LayerProbe& layer : probes[0].layers) {
    EXPECT_TRUE(layer.weights) << layer.key;
    EXPECT_GT(layer.gradients.variance, 0) << layer.key;
    EXPECT_GT(layer.update.value_or(0), 0) << layer.key;
  }
}

}  // namespace goodfit
