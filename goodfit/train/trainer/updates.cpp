#include "goodfit/train/trainer/updates.hpp"

#include <algorithm>

namespace goodfit {
namespace {

constexpr Size tile = 16384;  // weights of one call of the optimizer

template <class Has>
bool any_of(const std::vector<Regularizer>& list, Has has) {
  return std::any_of(list.begin(), list.end(), has);
}

}  // namespace

Updates::Updates(const Recipe& recipe, const Network& network, Store& store, State& state)
    : scratch_(recipe.optimizer.scratch(), std::vector<float>(store.all().size(), 0.0f)) {
  const Optimizer& optimizer = recipe.optimizer;
  const auto projections = [&](int group) {
    std::vector<Regularizer> list;
    for (const Regularizer& one : regularizers_of(recipe, group))
      if (one.projects()) list.push_back(one);
    return list;
  };
  rules_.push_back({optimizer, 1, projections(-1)});
  for (std::size_t i = 0; i < recipe.groups.size(); ++i) {
    const Group& group = recipe.groups[i];
    const auto own = group.weight_decay ? optimizer.with("weight_decay", *group.weight_decay)
                                        : std::optional(optimizer);
    if (!own) fail("groups[{}].weight_decay: {} has no weight_decay", i, optimizer.key());
    rules_.push_back({*own, group.lr_scale, projections(int(i))});
  }
  for (const Network::Trained& one : network.trained()) {
    const Span w = store.at(*one.stored);
    const Shape& shape = one.stored->shape;
    const Size rows = shape.rank() < 2 ? 1 : shape.front(), count = Size(w.size());
    const auto none = std::vector<Regularizer>{};
    const auto& after = one.regularized ? rule_of(one.group).projections : none;
    Size width = optimizer.whole_tensor() ? count : tile;
    const Size row = count / rows;
    if (any_of(after, [](const Regularizer& r) { return r.whole_rows(); }))
      width = std::max<Size>(1, width / row) * row;
    if (any_of(after, [](const Regularizer& r) { return r.makes_zeros(); }))
      thinned_.emplace_back(one.stored->name, w);
    for (Size begin = 0; begin < count; begin += width) {
      const auto first = std::size_t(begin), n = std::size_t(std::min(width, count - begin));
      tiles_.push_back({w.subspan(first, n), one.gradient.subspan(first, n), kept_.size(), rows,
                        one.group, after.empty() ? 0 : std::max<Size>(1, Size(n) / row)});
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
  if (one.inside > 0)
    for (const Regularizer& after : rule.projections) after.project(step.lr, one.inside, one.w);
}

Scores Updates::zeros() const {
  Scores shares;
  double all = 0, zeros = 0;
  for (const auto& [name, w] : thinned_) {
    const double here = double(std::count(w.begin(), w.end(), 0.0f)), count = double(w.size());
    shares.emplace_back(name, here / count);
    zeros += here;
    all += count;
  }
  if (!shares.empty()) shares.insert(shares.begin(), {"all", zeros / all});
  return shares;
}

Finish Updates::finish(const Step& step) {
  step_ = step;
  return {Size(tiles_.size()), &Updates::move, this};
}

}  // namespace goodfit
