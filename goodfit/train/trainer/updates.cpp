#include "goodfit/train/trainer/updates.hpp"

#include <algorithm>
#include <cmath>

#include "goodfit/base/machine.hpp"
#include "goodfit/train/trainer/pieces.hpp"

namespace goodfit {
namespace {

template <class Has>
bool any_of(const std::vector<Regularizer>& list, Has has) {
  return std::any_of(list.begin(), list.end(), has);
}

// Of a weight as a matrix.
Size rows_of(const Network::Trained& one) {
  const Shape& shape = one.stored->shape;
  return shape.rank() < 2 ? 1 : shape.front();
}

}  // namespace

Updates::Updates(const Recipe& recipe, const Network& network, Store& store, State& state)
    : network_(network), store_(store), state_(state) {
  for (std::size_t i = 0; i < recipe.optimizer.scratch(); ++i)
    scratch_.push_back(zeros_for(store.all().size()));
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
  const std::vector<Network::Trained> trained = network.trained();
  std::vector<Weight> weights;
  for (const Network::Trained& one : trained) {
    const Size count = one.stored->shape.count();
    const std::vector<Regularizer>& after = projections_of(one);
    const bool rows = any_of(after, [](const Regularizer& r) { return r.whole_rows(); });
    weights.push_back({count, optimizer.whole_tensor() ? count : rows ? count / rows_of(one) : 1});
    if (any_of(after, [](const Regularizer& r) { return r.makes_zeros(); }))
      thinned_.emplace_back(one.stored->name, store.at(*one.stored));
  }
  for (const Piece& piece : pieces_of(weights)) {
    const Network::Trained& one = trained[piece.weight];
    const auto first = std::size_t(piece.begin), n = std::size_t(piece.count);
    const Size rows = rows_of(one), row = one.stored->shape.count() / rows;
    const Size inside = projections_of(one).empty() ? 0 : std::max<Size>(1, piece.count / row);
    tiles_.push_back({store.at(*one.stored).subspan(first, n), one.gradient.subspan(first, n),
                      kept_.size(), rows, one.group, inside});
    for (auto* blocks : {&state.memory, &scratch_})
      for (std::vector<float>& block : *blocks)
        kept_.push_back(Span(block).subspan(std::size_t(one.stored->offset) + first, n));
  }
  sums_.resize(optimizer.sums());
  measured_.resize(tiles_.size() * sums_.size());
  if (optimizer.passes() > 1) buffers_.resize(store.all().size());
}

const std::vector<Regularizer>& Updates::projections_of(const Network::Trained& one) const {
  static const std::vector<Regularizer> none;
  return one.regularized ? rule_of(one.group).projections : none;
}

Step Updates::step_for(const Tile& tile) const {
  Step step = step_;
  step.rows = tile.rows;
  step.lr *= rule_of(tile.group).lr_scale;
  step.numbers = state_.progress.numbers;
  return step;
}

void Updates::measure(void* context, Size tile) {
  Updates& self = *static_cast<Updates*>(context);
  const Tile& one = self.tiles_[std::size_t(tile)];
  const std::size_t count = self.sums_.size();
  const auto sums = std::span(self.measured_).subspan(std::size_t(tile) * count, count);
  std::fill(sums.begin(), sums.end(), 0.0);
  self.rule_of(one.group).optimizer.measure(self.step_for(one), one.w, one.g,
                                            self.kept_.data() + one.kept, sums);
}

void Updates::decide(void* context) {
  Updates& self = *static_cast<Updates*>(context);
  std::fill(self.sums_.begin(), self.sums_.end(), 0.0);
  for (std::size_t i = 0; i < self.measured_.size(); ++i)
    self.sums_[i % self.sums_.size()] += self.measured_[i];
  self.step_.sums = self.sums_;
  self.rules_.front().optimizer.decide(self.step_, self.state_.progress.numbers);
}

void Updates::move(void* context, Size tile) {
  const Updates& self = *static_cast<const Updates*>(context);
  if (!std::isfinite(self.network_.loss())) return;  // so that it can be seen why
  const Tile& one = self.tiles_[std::size_t(tile)];
  const Rule& rule = self.rule_of(one.group);
  const Step step = self.step_for(one);
  rule.optimizer.update(step, one.w, one.g, self.kept_.data() + one.kept);
  if (one.inside == 0 || step.pass + 1 < rule.optimizer.passes()) return;
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

Updates::Finishes Updates::finish(const Step& step) {
  step_ = step;
  const Size count = Size(tiles_.size());
  const bool measures = !measured_.empty(), decides = measures || !state_.progress.numbers.empty();
  return {{measures ? count : 0, &Updates::measure, this},
          {count, &Updates::move, this, decides ? &Updates::decide : nullptr}};
}

void Updates::show_evaluated(const Step& step) {
  trained_.assign(store_.all().begin(), store_.all().end());
  if (!evaluates_others()) return;
  step_ = step;
  for (const Tile& one : tiles_) {
    const ConstSpan w =
        ConstSpan(trained_).subspan(std::size_t(one.w.data() - store_.all().data()), one.w.size());
    rule_of(one.group).optimizer.evaluated(step_for(one), w, kept_.data() + one.kept, one.w);
  }
}

void Updates::show_trained() { std::copy(trained_.begin(), trained_.end(), store_.all().begin()); }

void Updates::keep_buffers() {
  std::copy(store_.all().begin(), store_.all().end(), buffers_.begin());
}

void Updates::bring_back_buffers() {
  for (const Stored& stored : store_.tensors())
    if (!stored.trained)
      std::copy_n(buffers_.begin() + stored.offset, stored.shape.count(),
                  store_.at(stored).begin());
}

}  // namespace goodfit
