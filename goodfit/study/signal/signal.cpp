#include "goodfit/study/signal/signal.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "goodfit/base/threads.hpp"
#include "goodfit/compute/engine/executor.hpp"
#include "goodfit/train/trainer/calibration.hpp"
#include "goodfit/train/trainer/network.hpp"

namespace goodfit {
namespace {

// Predictions for values, by their ids, from the inputs on and from the loss back.
class Predictions {
 public:
  explicit Predictions(const Probed& net) : net_(net) {
    for (const Passage& one : net.passages()) go_forward(one);
    for (std::size_t i = net.passages().size(); i-- > 0;) go_back(net.passages()[i]);
  }
  std::optional<double> variance(Value value) const {
    const auto found = forward_.find(value.id);
    if (found == forward_.end() || !found->second.predicted) return std::nullopt;
    return found->second.is.variance();
  }
  std::optional<double> gradient(Value value) const {
    const auto found = back_.find(value.id);
    if (found == back_.end() || !found->second.known) return std::nullopt;
    return found->second.square;
  }

 private:
  struct Forward {
    Moments is;
    bool predicted = true;  // or measured, where nothing could be
  };
  struct Back {
    double square = 0;
    bool known = true;  // by all that use the value
  };

  Moments before(Value in) {
    const auto found = forward_.find(in.id);
    if (found != forward_.end()) return found->second.is;
    const Summary is = summary_of(net_.numbers(in));
    const Moments measured{is.mean, is.square()};
    forward_[in.id] = {measured, false};
    return measured;
  }
  // The two that a layer with layers inside adds up, its input and what they made of it; or
  // nothing.
  std::optional<std::pair<Id, Id>> added(const Passage& one) const {
    const Node& node = one.out.graph->node(one.out.id);
    if (!node.op || node.op->name() != "add") return std::nullopt;
    const Id a = node.inputs[0], b = node.inputs[1];
    const Id other = a == one.in.id ? b : a;
    if ((a != one.in.id && b != one.in.id) || !made_.count(other)) return std::nullopt;
    return std::pair{one.in.id, other};
  }

  void go_forward(const Passage& one) {
    const Moments in = before(one.in);
    if (one.out.id == one.in.id) return;
    if (!made_.insert({one.out.id, &one}).second) return;  // of a layer inside
    std::optional<Moments> out;
    if (const auto pair = added(one)) {
      const auto other = forward_.find(pair->second);
      if (other != forward_.end() && other->second.is.signs_are_random) {
        const Moments& f = other->second.is;
        out = Moments{in.mean + f.mean, in.square + f.square + 2 * in.mean * f.mean};
      }
    } else {
      out = forward(one, net_.store(), in);
    }
    if (out) forward_[one.out.id] = {*out};
  }

  double after(const Passage& one) {
    const auto found = back_.find(one.out.id);
    if (found != back_.end() && found->second.known) return found->second.square;
    return summary_of(net_.gradient(one.out)).square();
  }
  void give(Id id, std::optional<double> square) {
    Back& back = back_[id];
    back.known = back.known && square.has_value();
    back.square += square.value_or(0);
  }

  void go_back(const Passage& one) {
    if (one.out.id == one.in.id || made_.at(one.out.id) != &one) return;
    const double dy = after(one);
    if (const auto pair = added(one)) {
      give(pair->first, dy);
      give(pair->second, dy);
    } else if (const auto factor = backward(one, net_.store(), forward_.at(one.in.id).is)) {
      give(one.in.id, *factor * dy);
    } else {
      give(one.in.id, std::nullopt);
    }
  }

  const Probed& net_;
  std::map<Id, Forward> forward_;
  std::map<Id, Back> back_;
  std::map<Id, const Passage*> made_;  // by whom
};

std::optional<double> flat_share(const Layer& layer, ConstSpan inputs) {
  const auto [low, high] = std::minmax_element(inputs.begin(), inputs.end());
  if (layer.signal() != Signal::activation || !std::isfinite(*high - *low)) return std::nullopt;
  constexpr std::size_t cells = 4000;
  const double from = std::min(-8.0, double(*low)),
               width = (std::max(8.0, double(*high)) - from) / cells;
  std::vector<double> x(cells + 1);
  for (std::size_t i = 0; i <= cells; ++i) x[i] = from + width * double(i);
  const auto y = applied(layer, x);
  if (!y) return std::nullopt;
  double steepest = 0;
  const auto rise = [&](std::size_t i) { return std::abs((*y)[i + 1] - (*y)[i]); };
  for (std::size_t i = 0; i < cells; ++i) steepest = std::max(steepest, rise(i));
  Size flat = 0;
  for (const float number : inputs) {
    const auto cell = std::size_t(std::clamp((double(number) - from) / width, 0.0, cells - 1.0));
    flat += rise(cell) < steepest / 20;
  }
  return double(flat) / double(inputs.size());
}

double ratio(double of, double to) { return to > 0 ? std::sqrt(of / to) : of > 0 ? 1e30 : 0; }

std::string line(const char* what, Fate fate, double by, const char* advice) {
  return fmt::format("the {} {}: from end to end its size is multiplied by {:.2g}{}{}", what,
                     fate == Fate::keeps   ? "keeps its size"
                     : fate == Fate::fades ? "fades"
                                           : "explodes",
                     by, fate == Fate::keeps ? "" : "; ", fate == Fate::keeps ? "" : advice);
}

// What a net that knows nothing has.
std::optional<double> loss_of_no_knowledge(const Recipe& recipe, const Data& data) {
  if (recipe.loss.key() == "bce") return std::numbers::ln2;
  const bool plain = recipe.loss.key() == "cross_entropy" || recipe.loss.key() == "nll";
  if (!plain || data.classes.empty()) return std::nullopt;
  return std::log(double(data.classes.size()));
}

}  // namespace

std::vector<std::string> SignalReport::verdict() const {
  return {line("signal", signal(), signal_ratio,
               signal_ratio < 1 ? "weights are too small: take init = \"automatic\", or a norm"
                                : "weights are too large: take init = \"automatic\", or a norm"),
          line("gradient", gradient(), gradient_ratio,
               gradient_ratio < 1
                   ? "the first layers hardly learn: take init = \"automatic\", relu, a norm or "
                     "residual"
                   : "the first steps go astray: take init = \"automatic\", or a norm")};
}

SignalReport measure_signal(const Recipe& recipe, const Data& data) {
  const Portions portions =
      split_data(data, recipe.split, has_classes(recipe.loss.meaning()), recipe.seed);
  Store store;
  Threads threads(1);
  Probed net(recipe, portions.train, recipe.batch, store, threads, [](const Passage& one) {
    return Values{one.in, one.out};
  });
  fit_buffers(net.fits(), portions.train, store);
  calibrate(recipe, portions.train, store, threads);
  net.run(recipe.seed);
  const Predictions predicted(net);
  SignalReport report;
  report.samples = net.samples();
  report.loss = net.loss();
  report.usual_loss = loss_of_no_knowledge(recipe, data);
  double first_input = 0, last_output = 0, first_gradient = 0, last_gradient = 0;
  int weighted = 0;
  for (const Passage& one : net.passages()) {
    LayerSignal layer;
    layer.scope = one.scope;
    layer.key = one.layer.key();
    layer.shape = one.out.shape().without_first();
    layer.has_weights = one.layer.signal() == Signal::weights;
    layer.outputs = summary_of(net.numbers(one.out));
    layer.gradients = summary_of(net.gradient(one.out));
    layer.predicted = predicted.variance(one.out);
    layer.predicted_gradient = predicted.gradient(one.out);
    layer.flat = flat_share(one.layer, net.numbers(one.in));
    if (store.has(one.scope + ".weight"))
      layer.weights = summary_of(store.at(one.scope + ".weight"));
    if (layer.has_weights) {
      if (++weighted == 1) {
        first_input = summary_of(net.numbers(one.in)).square();
        first_gradient = layer.gradients.square();
      }
      last_output = layer.outputs.square();
      last_gradient = layer.gradients.square();
    }
    report.layers.push_back(std::move(layer));
  }
  if (weighted > 1) {
    report.signal_ratio = ratio(last_output, first_input);
    report.gradient_ratio = ratio(first_gradient, last_gradient);
  }
  return report;
}

}  // namespace goodfit
