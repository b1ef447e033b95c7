#include "goodfit/train/trainer/checkpoint.hpp"

#include "goodfit/base/error.hpp"
#include "goodfit/base/fields.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/train/record/model_file.hpp"

namespace goodfit {
namespace {

std::filesystem::path file_in(const std::filesystem::path& folder) {
  return folder / "last" / "checkpoint.safetensors";
}

// The one list of what is written and read.
template <class P, class Fn>
void each_counter(P& p, Fn fn) {
  fn("epoch", p.epoch);
  fn("batch", p.batch);
  fn("step", p.step);
  fn("loss_sum", p.loss_sum);
  fn("loss_squares", p.loss_squares);
  fn("samples", p.samples);
  fn("history", p.history);
  fn("best", p.best);
  fn("best_epoch", p.best_epoch);
  fn("waited", p.waited);
  fn("seconds", p.seconds);
  fn("data_hash", p.data_hash);
  fn("numbers", p.numbers);
}

void take_block(const TensorFile& file, const std::string& prefix, Store& layout,
                std::vector<float>& to, const std::string& name) {
  Store copy = layout;
  take_tensors(file, prefix, copy, name);
  to.resize(copy.all().size());  // in its place when it has its size: others point to it
  std::copy(copy.all().begin(), copy.all().end(), to.begin());
}

}  // namespace

void write_checkpoint(const std::filesystem::path& folder, const State& state,
                      std::span<const std::string> memory_names) {
  std::vector<TensorView> views;
  add_views(views, "weights.", *state.weights, state.weights->all());
  for (std::size_t i = 0; i < memory_names.size(); ++i)
    add_views(views, memory_names[i] + ".", *state.weights, state.memory[i]);
  if (!state.best.empty()) add_views(views, "best.", *state.weights, state.best);
  Setting table{Setting::Table{}};
  each_counter(state.progress, [&](const char* key, const auto& value) {
    table[key] = write_member(value, Which::all);
  });
  make_folder(folder / "last");
  write_safetensors(file_in(folder), views, {{"progress", to_json(table)}});
}

bool read_checkpoint(const std::filesystem::path& folder, State& state,
                     std::span<const std::string> memory_names) {
  const auto path = file_in(folder);
  const std::string name = path.string();
  if (!std::filesystem::exists(path)) return false;
  const TensorFile file = read_safetensors(read_file(path), name);
  const auto progress = file.metadata.find("progress");
  if (progress == file.metadata.end()) fail("{}: this is no checkpoint: it has no progress", name);
  const Setting table = from_json(progress->second, name);
  each_counter(state.progress, [&](const char* key, auto& value) {
    const Setting* found = table.find(key);
    if (!found) fail("{}: its progress lacks \"{}\"", name, key);
    read_member(*found, value);
  });
  take_tensors(file, "weights.", *state.weights, name);
  for (std::size_t i = 0; i < memory_names.size(); ++i)
    take_block(file, memory_names[i] + ".", *state.weights, state.memory[i], name);
  if (state.progress.best_epoch > 0) take_block(file, "best.", *state.weights, state.best, name);
  return true;
}

}  // namespace goodfit
