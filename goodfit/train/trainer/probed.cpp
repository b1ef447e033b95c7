#include "goodfit/train/trainer/probed.hpp"

#include "goodfit/train/trainer/network.hpp"

namespace goodfit {
namespace {

std::vector<Size> first_samples(const Recipe& recipe, const Portion& train, Size rows) {
  std::vector<Size> order = order_of(recipe, train, 0);
  order.resize(std::size_t(std::min(rows, train.count())));
  return order;
}

}  // namespace

Probed::Probed(const Recipe& recipe, const Portion& train, Size rows, Store& store,
               Threads& threads, const Kept& kept)
    : train_(train),
      batch_(first_samples(recipe, train, rows)),
      store_(store),
      graph_(Size(batch_.size())),
      net_(graph_, store, Mode::train, recipe.seed, {recipe.init, recipe.bias_init}) {
  net_.watch = [this](const std::string& scope, const Layer& layer, Value in, Value out) {
    passages_.push_back({scope, layer, in, out});
  };
  const Value x = graph_.input(train.samples->shape, "input");
  const Value outputs = build_sequence(net_, "layers", recipe.model, x);
  const Value target = graph_.target({train.samples->target_width}, "target");
  const Value loss = recipe.loss.build(outputs, placed_target(recipe, outputs, target));
  Values between;
  for (const Passage& passage : passages_)
    for (const Value value : kept(passage))
      if (graph_.node(value.id).op && place_.emplace(value.id, between.size()).second)
        between.push_back(value);
  std::vector<Id> roots{loss.id};
  for (const Value value : between) roots.push_back(value.id);
  for (const Value gradient : gradients(loss, between)) roots.push_back(gradient.id);
  plan_ = make_plan(graph_, roots, {.threads = threads.count()});
  executor_ = std::make_unique<Executor>(plan_, store_, threads);
}

void Probed::run(std::uint64_t seed) {
  const Span input = executor_->input("input");
  train_.gather(batch_, input, executor_->input("target"));
  input_.assign(input.begin(), input.end());  // a plan may use its place for other numbers
  executor_->run(graph_.rows(), seed, 0);
}

ConstSpan Probed::numbers(Value value) const {
  const auto found = place_.find(value.id);
  return found == place_.end() ? input_ : root(1 + found->second);
}

ConstSpan Probed::gradient(Value value) const {
  const auto found = place_.find(value.id);
  if (found == place_.end()) return {};
  return root(1 + place_.size() + found->second);
}

}  // namespace goodfit
