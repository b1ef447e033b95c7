#include "goodfit/train/trainer/updates.hpp"

namespace goodfit {
namespace {

constexpr Size tile = 16384;  // weights of one call of the optimizer

}  // namespace

Updates::Updates(const Recipe& recipe, const Network& network, Store& store, State& state)
    : scratch_(recipe.optimizer.scratch(), std::vector<float>(store.all().size(), 0.0f)) {
  const Optimizer& optimizer = recipe.optimizer;
  rules_.push_back({optimizer, 1});
  for (std::size_t i = 0; i < recipe.groups.size(); ++i) {
    const Group& group = recipe.groups[i];
    const auto own = group.weight_decay ? optimizer.with("weight_decay", *group.weight_decay)
                                        : std::optional(optimizer);
    if (!own) fail("groups[{}].weight_decay: {} has no weight_decay", i, optimizer.key());
    rules_.push_back({*own, group.lr_scale});
  }
  for (const Network::Trained& one : network.trained()) {
    const Span w = store.at(*one.stored);
    const Shape& shape = one.stored->shape;
    const Size rows = shape.rank() < 2 ? 1 : shape.front(), count = Size(w.size());
    const Size width = optimizer.whole_tensor() ? count : tile;
    for (Size begin = 0; begin < count; begin += width) {
      const auto first = std::size_t(begin), n = std::size_t(std::min(width, count - begin));
      tiles_.push_back(
          {w.subspan(first, n), one.gradient.subspan(first, n), kept_.size(), rows, one.group});
      for (auto* blocks : {&state.memory, &scratch_})
        for (std::vector<float>& block : *blocks)
          kept_.push_back(Span(block).subspan(std::size_t(one.stored->offset) + first, n));
    }
  }
}

void Updates::move(void* context, Size tile) {
  const Updates& self = *static_cast<const Updates*>(context);
  const Tile& one = self.tiles_[std::size_t(tile)];
  Step step = self.step_;
  const Rule& rule = self.rule_of(one.group);
  step.rows = one.rows;
  step.lr *= rule.lr_scale;
  rule.optimizer.update(step, one.w, one.g, self.kept_.data() + one.kept);
}

Finish Updates::finish(const Step& step) {
  step_ = step;
  return {Size(tiles_.size()), &Updates::move, this};
}

}  // namespace goodfit
