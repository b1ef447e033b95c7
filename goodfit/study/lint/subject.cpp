#include "goodfit/study/lint/subject.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/parts/schedules/auto.hpp"

namespace goodfit {
namespace {

bool is_layer(const Setting& setting) {
  static const std::vector<PartText> known = Layer::texts();
  const Setting* type = setting.find("type");
  return type && type->text() &&
         std::ranges::find(known, *type->text(), &PartText::key) != known.end();
}

// Whatever has layers inside says so by its settings: a list of them, or a list of such lists.
void collect(const std::string& name, const Setting& setting, std::vector<Chain>& chains);

void collect_inside(const Placed& outer, std::vector<Chain>& chains) {
  for (const Entry& entry : *outer.settings.table())
    collect(outer.scope + "." + entry.key, entry.value, chains);
}

void collect(const std::string& name, const Setting& setting, std::vector<Chain>& chains) {
  if (const Setting::Table* table = setting.table())
    for (const Entry& entry : *table) collect(name + "." + entry.key, entry.value, chains);
  const Setting::List* list = setting.list();
  if (!list || list->empty()) return;
  if (!std::all_of(list->begin(), list->end(), is_layer)) {
    for (std::size_t i = 0; i < list->size(); ++i)
      collect(fmt::format("{}.{}", name, i), (*list)[i], chains);
    return;
  }
  Chain layers;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Layer layer = Layer::read((*list)[i]);
    layers.push_back({fmt::format("{}.{}", name, i), layer, layer.write()});
  }
  chains.push_back(layers);
  for (const Placed& layer : layers) collect_inside(layer, chains);
}

}  // namespace

double number_in(const Setting& table, std::string_view key, double otherwise) {
  const Setting* found = table.find(key);
  if (!found || !found->is_number()) return otherwise;
  double number = 0;
  read_member(*found, number);
  return number;
}

bool Placed::is(std::initializer_list<std::string_view> keys) const {
  return std::find(keys.begin(), keys.end(), layer.key()) != keys.end();
}
double Placed::number(std::string_view setting, double otherwise) const {
  return number_in(settings, setting, otherwise);
}

Subject::Subject(const Recipe& of, const Portion* samples)
    : recipe(of), lr(of.lr), train(samples), optimizer(of.optimizer.write()) {
  while (const Auto* found = lr.as<Auto>()) lr = Schedule(found->schedule);
  chains.emplace_back();
  for (std::size_t i = 0; i < of.model.size(); ++i)
    chains[0].push_back({fmt::format("layers.{}", i), of.model[i], of.model[i].write()});
  const Chain outer = chains[0];  // a copy: the list grows
  for (const Placed& layer : outer) collect_inside(layer, chains);
  // What a layer leaves to the recipe is as if the layer said it.
  const Setting automatic = Initializer(Automatic{}).write();
  for (Chain& layers : chains)
    for (Placed& layer : layers)
      if (const Setting* init = layer.settings.find("init"); init && *init == automatic)
        layer.settings["init"] = of.init.write();
  while (const Setting* inner = optimizer.find("optimizer")) optimizer = Setting(*inner);
}

std::vector<double> Subject::lrs() const {
  const Size each = train ? std::max<Size>(1, train->count() / recipe.batch) : 100;
  std::vector<double> found;
  for (Size i = 0; i < std::min<Size>(recipe.epochs, 100); ++i) {
    const Size epoch = i * recipe.epochs / std::min<Size>(recipe.epochs, 100);
    for (const Size step : {epoch * each, (epoch + 1) * each - 1})
      found.push_back(lr.at({step, recipe.epochs * each, epoch, recipe.epochs}));
  }
  return found;
}

bool normalizes(const Placed& layer) { return layer.layer.key().find("norm") != std::string::npos; }

const Placed* follower(const Chain& layers, std::size_t i) {
  for (std::size_t j = i + 1; j < layers.size(); ++j)
    if (layers[j].layer.signal() != Signal::passes) return &layers[j];
  return nullptr;
}

}  // namespace goodfit
