#include "goodfit/train/trainer/checkpoint.hpp"

#include "goodfit/train/record/safetensors.hpp"
#include "goodfit/train/trainer/testing.hpp"

namespace goodfit {
namespace {

const std::array<std::string, 2> memory_names{"m", "v"};

struct Kept {
  Store store;
  State state;
  explicit Kept(Size width = 3) {
    store.add("layers.0.weight", {2, width}, true);
    store.add("layers.0.mean", {width}, false);
    state.weights = &store;
    state.memory.assign(2, std::vector<float>(store.all().size()));
  }
};

Kept filled() {
  Kept kept;
  float next = 0;
  for (const Stored& stored : kept.store.tensors())
    for (float& x : kept.store.at(stored)) x = next += 0.5f;
  for (auto& memory : kept.state.memory)
    for (const Stored& stored : kept.store.tensors())
      for (Size i = 0; i < stored.shape.count(); ++i)
        memory[std::size_t(stored.offset + i)] = next += 0.5f;
  kept.state.best.assign(kept.store.all().begin(), kept.store.all().end());
  kept.state.best[0] = -7;
  kept.state.progress = {.epoch = 3,
                         .batch = 4,
                         .step = 50,
                         .loss_sum = 0.1,
                         .loss_squares = 1.0 / 3,
                         .samples = 128,
                         .history = {2.5, 0.7, 1e-300},
                         .best = 0.7,
                         .best_epoch = 2,
                         .waited = 1,
                         .seconds = 12.25,
                         .data_hash = 0x7fffffffffffffff,
                         .numbers = {1e-6, 1.0 / 3}};
  return kept;
}

std::string file_in(const TemporaryFolder& folder) {
  return folder.path() + "/last/checkpoint.safetensors";
}

}  // namespace

TEST(Checkpoint, GivesBackEverything) {
  const TemporaryFolder folder;
  Kept kept = filled(), found;
  kept.state.weights = &kept.store;
  write_checkpoint(folder.path(), kept.state, memory_names);
  ASSERT_TRUE(read_checkpoint(folder.path(), found.state, memory_names));
  EXPECT_TRUE(std::ranges::equal(found.store.all(), kept.store.all()));
  EXPECT_EQ(found.state.memory, kept.state.memory);
  EXPECT_EQ(found.state.best, kept.state.best);
  const Progress &a = found.state.progress, &b = kept.state.progress;
  EXPECT_EQ(std::tie(a.epoch, a.batch, a.step, a.loss_sum, a.loss_squares, a.samples, a.history),
            std::tie(b.epoch, b.batch, b.step, b.loss_sum, b.loss_squares, b.samples, b.history));
  EXPECT_EQ(std::tie(a.best, a.best_epoch, a.waited, a.seconds, a.data_hash, a.numbers),
            std::tie(b.best, b.best_epoch, b.waited, b.seconds, b.data_hash, b.numbers));
}

TEST(Checkpoint, MayNotBeThereYet) {
  const TemporaryFolder folder;
  Kept found;
  EXPECT_FALSE(read_checkpoint(folder.path(), found.state, memory_names));
}

TEST(Checkpoint, BeforeTheFirstEpochHasNoBestWeights) {
  const TemporaryFolder folder;
  Kept kept = filled(), found;
  kept.state.weights = &kept.store;
  kept.state.best.clear();
  kept.state.progress.best_epoch = 0;
  write_checkpoint(folder.path(), kept.state, memory_names);
  ASSERT_TRUE(read_checkpoint(folder.path(), found.state, memory_names));
  EXPECT_TRUE(found.state.best.empty());
}

TEST(Checkpoint, OfAnotherModelOrOptimizerIsRefused) {
  const TemporaryFolder folder;
  Kept kept = filled(), wider(4), same;
  kept.state.weights = &kept.store;
  write_checkpoint(folder.path(), kept.state, memory_names);
  expect_error([&] { read_checkpoint(folder.path(), wider.state, memory_names); },
               "tensor \"weights.layers.0.weight\" has shape [2, 3], the recipe wants [2, 4]");
  const std::array<std::string, 2> others{"m", "buffer"};
  expect_error([&] { read_checkpoint(folder.path(), same.state, others); },
               "tensor \"buffer.layers.0.weight\" is missing");
}

TEST(Checkpoint, DamagedEndsInAnErrorThatNamesTheFile) {
  const TemporaryFolder folder;
  Kept kept = filled(), found;
  kept.state.weights = &kept.store;
  write_checkpoint(folder.path(), kept.state, memory_names);
  const std::string bytes = read_file(file_in(folder));
  for (const std::string& broken : {std::string(), bytes.substr(0, bytes.size() / 2),
                                    bytes.substr(0, bytes.size() - 1), bytes + "x"}) {
    write_atomic(file_in(folder), broken);
    expect_error([&] { read_checkpoint(folder.path(), found.state, memory_names); },
                 file_in(folder));
  }
}

TEST(Checkpoint, WithoutProgressIsNone) {
  const TemporaryFolder folder;
  Kept found;
  make_folder(folder.path() + "/last");
  write_safetensors(file_in(folder), {});
  expect_error([&] { read_checkpoint(folder.path(), found.state, memory_names); },
               "this is no checkpoint: it has no progress");
}

}  // namespace goodfit
