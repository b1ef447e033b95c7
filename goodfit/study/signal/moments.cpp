#include "goodfit/study/signal/moments.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "goodfit/compute/engine/interpreter.hpp"

namespace goodfit {
namespace {

constexpr double border = 8, step = 0.01;  // the density is below 1e-14 outside of it

struct Passed {
  double mean = 0, square = 0, slope_square = 0;
};

// E f, E f², E f'² of a normal number.
std::optional<Passed> passed(const Layer& activation, const Moments& in) {
  const double deviation = std::sqrt(std::max(in.variance(), 0.0));
  if (!(deviation > 0)) return std::nullopt;
  std::vector<double> x;
  for (double t = -border; t <= border; t += step) x.push_back(in.mean + deviation * t);
  const auto y = applied(activation, x);
  if (!y) return std::nullopt;
  Passed sum;
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const double t = (x[i] - in.mean) / deviation;
    const double weight = step * std::exp(-t * t / 2) / std::sqrt(2 * std::numbers::pi);
    const double slope = ((*y)[i + 1] - (*y)[i - 1]) / (x[i + 1] - x[i - 1]);
    sum.mean += weight * (*y)[i];
    sum.square += weight * (*y)[i] * (*y)[i];
    sum.slope_square += weight * slope * slope;
  }
  return sum;
}

Moments moments_of(ConstSpan numbers) {
  Moments sum;
  for (const float x : numbers) {
    sum.mean += x;
    sum.square += double(x) * x;
  }
  const auto count = double(std::max<std::size_t>(1, numbers.size()));
  return {sum.mean / count, sum.square / count};
}

// Of one of the layer's parameters; `otherwise` where it has none.
Moments stored(const Passage& layer, const Store& store, const char* name, double otherwise) {
  const std::string full = layer.scope + "." + name;
  if (store.has(full)) return moments_of(store.at(full));
  return {otherwise, otherwise * otherwise};
}

// Whether nothing is set that this file does not know of.
bool only(const Layer& layer, std::initializer_list<std::string_view> known) {
  const Setting settings = layer.write(Which::changed);
  for (const Entry& entry : *settings.table())
    if (entry.key != "type" && std::find(known.begin(), known.end(), entry.key) == known.end())
      return false;
  return true;
}

bool is_view(const Passage& layer) {
  const Node& node = layer.out.graph->node(layer.out.id);
  return layer.out.id == layer.in.id ||
         (node.op && node.op->is_view() && node.inputs[0] == layer.in.id);
}

enum class Sort { unknown, view, weights, activation, dropout, norm };

Sort sort_of(const Passage& of) {
  const std::string_view key = of.layer.key();
  if (is_view(of)) return Sort::view;
  if (key == "dense" || key == "conv1d" || key == "conv2d")
    return only(of.layer, {"out", "kernel", "stride", "padding", "dilation", "groups", "bias",
                           "init", "bias_init"})
               ? Sort::weights
               : Sort::unknown;
  if (key == "dropout" && only(of.layer, {"p"})) return Sort::dropout;
  if (key == "batch_norm" || key == "layer_norm" || key == "group_norm" || key == "instance_norm")
    return Sort::norm;
  return of.layer.signal() == Signal::activation ? Sort::activation : Sort::unknown;
}

double kept_share(const Layer& dropout) {
  double p = 0;
  read_member(*dropout.write().find("p"), p);
  return 1 - p;
}

// E w² of weights whose mean is 0 but for chance.
std::optional<double> weight_square(const Passage& layer, const Store& store) {
  const std::string name = layer.scope + ".weight";
  if (!store.has(name)) return std::nullopt;
  const Moments w = moments_of(store.at(name));
  const double chance = 5 * std::sqrt(std::max(w.variance(), 0.0) / double(store.at(name).size()));
  if (std::abs(w.mean) > chance + 1e-12) return std::nullopt;
  return w.square;
}

}  // namespace

std::optional<std::vector<double>> applied(const Layer& activation, const std::vector<double>& x) {
  if (activation.signal() != Signal::activation) return std::nullopt;
  const std::size_t count = x.size();
  Graph graph{Size(count)};
  Store store;
  Net net(graph, store, Mode::evaluate, 0);
  const Value in = graph.input({2}, "input");
  Value out;
  try {
    out = build_sequence(net, "layers", {activation}, in);
  } catch (const Error&) {
    return std::nullopt;  // it wants another shape
  }
  if (out.shape() != in.shape()) return std::nullopt;
  Interpreter values(graph);
  for (Id id = 0; id < Id(graph.nodes().size()); ++id)
    if (const Node& node = graph.node(id); store.has(node.name))
      values.at(id).assign(store.at(node.name).begin(), store.at(node.name).end());
  for (std::size_t i = 0; i < count; ++i) {  // each number stands beside the next and the last one
    values.at(in)[2 * i] = x[i];
    values.at(in)[2 * i + 1] = x[(i + 1) % count];
  }
  values.run(Size(count));
  std::vector<double> y(count);
  for (std::size_t i = 0; i < count; ++i) {
    y[i] = values.at(out)[2 * i];
    const double again = values.at(out)[2 * ((i + count - 1) % count) + 1];
    if (y[i] != again) return std::nullopt;
  }
  return y;
}

std::optional<Moments> forward(const Passage& layer, const Store& store, const Moments& in) {
  switch (sort_of(layer)) {
    case Sort::view:
      return in;
    case Sort::weights: {
      const auto square = weight_square(layer, store);
      if (!square) return std::nullopt;
      const Moments bias = stored(layer, store, "bias", 0);
      const Size units = layer.out.shape().back();
      const double inputs = double(store.at(layer.scope + ".weight").size()) / double(units);
      return Moments{bias.mean, inputs * *square * in.square + bias.square, true};
    }
    case Sort::activation: {
      const auto y = passed(layer.layer, in);
      if (!y) return std::nullopt;
      return Moments{y->mean, y->square};
    }
    case Sort::dropout:
      return Moments{in.mean, in.square / kept_share(layer.layer), in.signs_are_random};
    case Sort::norm: {
      const Moments scale = stored(layer, store, "weight", 1),
                    shift = stored(layer, store, "bias", 0);
      return Moments{shift.mean, scale.square + shift.square, in.signs_are_random};
    }
    case Sort::unknown:
      break;
  }
  return std::nullopt;
}

std::optional<double> backward(const Passage& layer, const Store& store, const Moments& in) {
  switch (sort_of(layer)) {
    case Sort::view:
      return 1;
    case Sort::weights: {
      const auto square = weight_square(layer, store);
      if (!square) return std::nullopt;
      const Shape &x = layer.in.shape(), &y = layer.out.shape();
      const double products = double(store.at(layer.scope + ".weight").size()) * double(y.row()) /
                              double(y.back());  // of a sample
      return products / double(x.row()) * *square;
    }
    case Sort::activation: {
      const auto y = passed(layer.layer, in);
      if (!y) return std::nullopt;
      return y->slope_square;
    }
    case Sort::dropout:
      return 1 / kept_share(layer.layer);
    case Sort::norm:
      if (!(in.variance() > 0)) return std::nullopt;
      return stored(layer, store, "weight", 1).square / in.variance();
    case Sort::unknown:
      break;
  }
  return std::nullopt;
}

}  // namespace goodfit
