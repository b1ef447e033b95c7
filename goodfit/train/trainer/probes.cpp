#include "goodfit/train/trainer/probes.hpp"

#include <cmath>

namespace goodfit {
namespace {

constexpr Size most_probed = 32;
constexpr Size small = 4 << 20;  // floats that may stay for the next time

// The weight that stands for a layer, or "": the one called so, or the first of a layer with many.
std::string weight_of(const Store& store, const std::string& scope) {
  if (store.has(scope + ".weight")) return scope + ".weight";
  for (const Stored& stored : store.tensors())
    if (stored.trained && stored.name.starts_with(scope + ".") &&
        stored.name.find('.', scope.size() + 1) == std::string::npos)
      return stored.name;
  return "";
}

bool is_measured(const Store& store, const Passage& one) {
  return one.in.id != one.out.id &&
         (one.layer.signal() == Signal::activation || !weight_of(store, one.scope).empty());
}

}  // namespace

Probes::Probes(const Recipe& recipe, const Portion& train, Store& store, Threads& threads)
    : recipe_(recipe), train_(train), store_(store), threads_(threads) {}

bool Probes::due(Size epoch) const {
  if (recipe_.probes == "epochs" || epoch == recipe_.epochs) return true;
  for (int k = 0;; ++k) {
    const Size next = std::lround(std::pow(2, k / 2.0));
    if (next >= epoch) return next == epoch;
  }
}

void Probes::note_weights() { before_.assign(store_.all().begin(), store_.all().end()); }

ProbeReport Probes::measure(Size epoch) {
  if (!probed_)
    probed_ =
        std::make_unique<Probed>(recipe_, train_, std::min(most_probed, recipe_.batch), store_,
                                 threads_, [this](const Passage& one) {
                                   return is_measured(store_, one) ? Values{one.out} : Values{};
                                 });
  const std::vector<float> trained(store_.all().begin(), store_.all().end());
  probed_->run(recipe_.seed);
  std::copy(trained.begin(), trained.end(), store_.all().begin());
  ProbeReport report{epoch, probed_->samples()};
  for (const Passage& one : probed_->passages())
    if (is_measured(store_, one)) report.layers.push_back(measured(one));
  before_.clear();
  if (probed_->floats() > small) probed_.reset();
  return report;
}

LayerProbe Probes::measured(const Passage& one) const {
  LayerProbe layer{one.scope, std::string(one.layer.key())};
  layer.outputs = summary_of(probed_->numbers(one.out));
  layer.gradients = summary_of(probed_->gradient(one.out));
  const std::string weight = weight_of(store_, one.scope);
  if (weight.empty()) return layer;
  const ConstSpan now = std::as_const(store_).at(weight);
  layer.weights = summary_of(now);
  if (before_.empty()) return layer;
  const auto place = std::size_t(now.data() - std::as_const(store_).all().data());
  layer.update = change_of(ConstSpan(before_).subspan(place, now.size()), now);
  return layer;
}

}  // namespace goodfit
