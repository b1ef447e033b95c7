#include "bench/training.hpp"

#include <numeric>

#include "goodfit/base/machine.hpp"
#include "goodfit/goodfit.hpp"
#include "goodfit/train/trainer/pieces.hpp"

namespace goodfit::bench {
namespace {

constexpr int checked_steps = 20;
constexpr double flops_of_exponential = 20;

Samples random_samples(const Task& task) {
  Random random(1, stream_of("samples"));
  Samples samples{.shape = task.sample};
  const Size count = task.batches * task.batch;
  samples.features.reserve(std::size_t(count * task.sample.count()));
  for (Size i = 0; i < count * task.sample.count(); ++i)
    samples.features.push_back(float(random.normal()));
  for (Size i = 0; i < count; ++i) samples.targets.push_back(float(random.below(task.classes)));
  return samples;
}

Recipe recipe_of(const Task& task) {
  return {.model = task.model,
          .optimizer = task.optimizer,
          .lr = task.lr,
          .batch = task.batch,
          .seed = 1};
}

Recipe without_dropout(Recipe recipe) {
  std::erase_if(recipe.model, [](const Layer& layer) { return layer.as<Dropout>() != nullptr; });
  return recipe;
}

}  // namespace

Tiles::Tiles(const Optimizer& optimizer, double lr, const std::vector<Tensor>& tensors)
    : optimizer_(optimizer), step_{.number = 0, .lr = lr} {
  std::vector<Weight> weights;
  for (const Tensor& tensor : tensors) {
    weights.push_back({Size(tensor.w.size())});
    for (std::size_t i = 0; i < optimizer_.memory().size(); ++i)
      memory_.push_back(zeros_for(tensor.w.size()));
  }
  for (const Piece& piece : pieces_of(weights)) {
    const Tensor& tensor = tensors[piece.weight];
    const auto begin = std::size_t(piece.begin), n = std::size_t(piece.count);
    tiles_.push_back({tensor.w.subspan(begin, n), tensor.g.subspan(begin, n), kept_.size()});
    for (std::size_t i = 0; i < optimizer_.memory().size(); ++i)
      kept_.push_back(
          Span(memory_[piece.weight * optimizer_.memory().size() + i]).subspan(begin, n));
  }
}

void Tiles::reset() {
  step_.number = 0;
  for (std::vector<float>& memory : memory_) std::fill(memory.begin(), memory.end(), 0.0f);
}

Finish Tiles::next() {
  ++step_.number;
  const auto update = [](void* context, Size unit) {
    const Tiles& self = *static_cast<const Tiles*>(context);
    const Tile& one = self.tiles_[std::size_t(unit)];
    self.optimizer_.update(self.step_, one.w, one.g, self.kept_.data() + one.kept);
  };
  return {Size(tiles_.size()), update, this};
}

Size Tiles::memory_floats() const {
  Size floats = 0;
  for (const std::vector<float>& memory : memory_) floats += Size(memory.size());
  return floats;
}

Task dense_task(const std::vector<Size>& widths, bool norm, double dropout) {
  Task task;
  task.sample = {widths.front()};
  task.classes = widths.back();
  task.first_products = double(widths[0] * widths[1]);
  for (std::size_t i = 1; i < widths.size(); ++i) {
    task.products += double(widths[i - 1] * widths[i]);
    task.model.push_back(Dense{.out = widths[i]});
    if (i + 1 == widths.size()) break;
    if (norm) task.model.push_back(BatchNorm{});
    task.model.push_back(Relu{});
    if (dropout > 0) task.model.push_back(Dropout{.p = dropout});
  }
  return task;
}

Training::Model::Model(const Recipe& r, const Samples& samples, Threads& threads, Size shard_rows)
    : pool(threads), recipe(r), portion(whole(samples)) {
  signature.sample = samples.shape;
  network = std::make_unique<Network>(recipe, signature, Mode::train, recipe.batch, store, threads,
                                      PlanOptions{}, true, shard_rows);
  std::vector<Tiles::Tensor> tensors;
  for (const Network::Trained& trained : network->trained())
    tensors.push_back({store.at(*trained.stored), trained.gradient});
  tiles = std::make_unique<Tiles>(recipe.optimizer, recipe.lr.at({}), tensors);
  first.assign(store.all().begin(), store.all().end());
}

void Training::Model::reset() {
  std::copy(first.begin(), first.end(), store.all().begin());
  tiles->reset();
  at = 0;
  number = 0;
}

double Training::Model::step(const Samples& samples) {
  const Size rows = recipe.batch;
  const std::span<const Size> wanted =
      std::span(portion.rows).subspan(std::size_t(at * rows), std::size_t(rows));
  portion.gather(wanted, network->input(), network->target(), &pool);
  network->run(rows, recipe.seed, number, tiles->next());
  ++number;
  at = (at + 1) % (samples.count() / rows);
  return network->loss();
}

Training::Training(const Task& task, Threads& threads)
    : task_(task),
      threads_(threads),
      samples_(random_samples(task)),
      model_(std::make_unique<Model>(recipe_of(task), samples_, threads)) {}

void Training::cut_by_threads() {
  const Size shards = threads_.count(), shard_rows = (task_.batch + shards - 1) / shards;
  model_ = std::make_unique<Model>(recipe_of(task_), samples_, threads_, shard_rows);
}

void Training::reset() { model_->reset(); }
void Training::step() { model_->step(samples_); }

double Training::check() {
  Model plain(without_dropout(recipe_of(task_)), samples_, threads_);
  for (int i = 0; i < checked_steps; ++i) plain.step(samples_);
  return plain.step(samples_);
}

// Without dropout, whose layers would only move the names: the peer builds two models as well.
TensorFile Training::shared() const {
  Model plain(without_dropout(recipe_of(task_)), samples_, threads_);
  TensorFile file;
  for (const Stored& stored : plain.store.tensors()) {
    const ConstSpan values = plain.store.at(stored);
    file.tensors.push_back({stored.name, stored.shape, {values.begin(), values.end()}});
  }
  const Size count = samples_.count();
  file.tensors.push_back({"features", samples_.shape.with_first(count), samples_.features});
  file.tensors.push_back({"targets", {count}, samples_.targets});
  return file;
}

Floor Training::floor() const {
  const double rows = double(task_.batch);
  const double flops = rows * (6 * task_.products - 2 * task_.first_products);
  if (task_.one_core)  // all of it lies in cache
    return {flops + rows * flops_of_exponential * double(task_.classes), 0, true};
  return {flops, task_.bytes_per_parameter * double(model_->store.trained_count()), false};
}

Memory Training::memory() const {
  const Plan& plan = model_->network->plan();
  const Size kept = Size(model_->store.all().size()) + model_->tiles->memory_floats();
  return {sizeof(float) * double(kept + plan.arena_floats),
          sizeof(float) * double(kept + plan.bound_floats),
          sizeof(float) * double(samples_.features.size() + samples_.targets.size())};
}

}  // namespace goodfit::bench
