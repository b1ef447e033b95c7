#include "bench/training.hpp"

#include <numeric>

#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

constexpr Size tile = 16384;  // as the trainer cuts
constexpr Size batches = 16;  // different ones, used in turn
constexpr int checked_steps = 20;
constexpr double flops_of_exponential = 20;

Samples random_samples(const Task& task) {
  Random random(1, stream_of("samples"));
  Samples samples{.shape = {task.widths.front()}};
  const Size count = batches * task.batch;
  for (Size i = 0; i < count * task.widths.front(); ++i)
    samples.features.push_back(float(random.normal()));
  for (Size i = 0; i < count; ++i)
    samples.targets.push_back(float(random.below(task.widths.back())));
  return samples;
}

Recipe recipe_of(const Task& task, double dropout) {
  Recipe recipe{.optimizer = task.optimizer, .lr = task.lr, .batch = task.batch, .seed = 1};
  for (std::size_t i = 1; i < task.widths.size(); ++i) {
    recipe.model.push_back(Dense{.out = task.widths[i]});
    if (i + 1 == task.widths.size()) break;
    if (task.norm) recipe.model.push_back(BatchNorm{});
    recipe.model.push_back(Relu{});
    if (dropout > 0) recipe.model.push_back(Dropout{.p = dropout});
  }
  return recipe;
}

}  // namespace

Tiles::Tiles(const Optimizer& optimizer, double lr, const std::vector<Tensor>& tensors)
    : optimizer_(optimizer), step_{.number = 0, .lr = lr} {
  for (const Tensor& tensor : tensors) {
    const std::size_t first_memory = memory_.size();
    for (std::size_t i = 0; i < optimizer_.memory().size(); ++i)
      memory_.emplace_back(tensor.w.size(), 0.0f);
    for (std::size_t begin = 0; begin < tensor.w.size(); begin += std::size_t(tile)) {
      const std::size_t n = std::min(std::size_t(tile), tensor.w.size() - begin);
      tiles_.push_back({tensor.w.subspan(begin, n), tensor.g.subspan(begin, n), kept_.size()});
      for (std::size_t i = first_memory; i < memory_.size(); ++i)
        kept_.push_back(Span(memory_[i]).subspan(begin, n));
    }
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

Training::Model::Model(const Recipe& r, const Samples& samples, Threads& threads)
    : pool(threads), recipe(r), portion(whole(samples)) {
  signature.sample = samples.shape;
  network = std::make_unique<Network>(recipe, signature, Mode::train, recipe.batch, store, threads);
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
      model_(recipe_of(task, task.dropout), samples_, threads) {}

void Training::reset() { model_.reset(); }
void Training::step() { model_.step(samples_); }

double Training::check() {
  Model plain(recipe_of(task_, 0), samples_, threads_);
  for (int i = 0; i < checked_steps; ++i) plain.step(samples_);
  return plain.step(samples_);
}

// Without dropout, whose layers would only move the names: the peer builds two models as well.
TensorFile Training::shared() const {
  Model plain(recipe_of(task_, 0), samples_, threads_);
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
  const auto& w = task_.widths;
  double products = -2.0 * double(w[0] * w[1]), parameters = 0;
  for (std::size_t i = 1; i < w.size(); ++i) {
    products += 6.0 * double(w[i - 1] * w[i]);
    const bool normalized = task_.norm && i + 1 < w.size();
    parameters += double(w[i - 1] * w[i] + w[i] * (normalized ? 3 : 1));
  }
  const double rows = double(task_.batch);
  if (task_.one_core)  // all of it lies in cache
    return {rows * (products + flops_of_exponential * double(w.back())), 0, true};
  return {rows * products, 24 * parameters, false};
}

}  // namespace goodfit::bench
