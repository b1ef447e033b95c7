#include "goodfit/train/trainer/network.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <set>

#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/graph/shard_rows.hpp"
#include "goodfit/compute/kernels/elementwise/elementwise.hpp"
#include "goodfit/compute/kernels/softmax/softmax.hpp"
#include "goodfit/compute/ops/dot.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/compute/ops/softmax.hpp"
#include "goodfit/compute/ops/statistics.hpp"
#include "goodfit/parts/metrics/accuracy.hpp"
#include "goodfit/parts/metrics/mae.hpp"
#include "goodfit/parts/metrics/names.hpp"
#include "goodfit/parts/metrics/rmse.hpp"
#include "goodfit/train/trainer/temperature.hpp"

namespace goodfit {
namespace {

Size shard_rows_by_work(const Recipe& recipe, const Shape& sample, Mode mode, Size rows,
                        Store& store) {
  Graph forward(rows, 1);
  Net net(forward, store, mode, recipe.seed, {recipe.init, recipe.bias_init});
  build_sequence(net, "layers", recipe.model, forward.input(sample, "input"));
  return shard_rows_of(forward);
}

void check_outputs(const Recipe& recipe, const Signature& signature, const Shape& outputs) {
  const Meaning meaning = recipe.loss.meaning();
  const Size classes = Size(signature.classes.size()), targets = signature.target_width;
  if (meaning == Meaning::binary || meaning == Meaning::normal) {
    const Size wanted = meaning == Meaning::normal ? 2 * targets : targets;
    if (classes > 2)
      fail("loss: {} is for two classes, but the targets are {}; take cross_entropy",
           recipe.loss.key(), classes);
    if (outputs.rank() != 2 || outputs.back() != wanted)
      fail(
          "model: its outputs have shape {}, but {} wants {} for {} target{}; end it with dense, "
          "out = {}",
          outputs.without_first().text(), recipe.loss.key(), wanted, targets,
          targets == 1 ? "" : "s", wanted);
  }
  if (meaning != Meaning::logits && meaning != Meaning::scores) return;
  const Size positions = outputs.row() / outputs.back();
  if (targets > 1 && positions != targets)
    fail(
        "model: its outputs have shape {}, but a sample has {} targets, each of {} classes; give "
        "outputs at each of its {} steps, or set target = \"last\" of a text",
        outputs.without_first().text(), targets, classes, targets);
  if (positions != targets || (classes > 0 && outputs.back() != classes))
    fail(
        "model: its outputs have shape {}, but the targets are {} classes; end it with dense, out "
        "= {}",
        outputs.without_first().text(), classes, classes);
}

bool tells_classes(const Recipe& recipe) {
  const Meaning meaning = recipe.loss.meaning();
  return meaning == Meaning::logits || meaning == Meaning::scores;
}

}  // namespace

void as_meant(Span outputs, Size width, Meaning meaning) {
  const Size count = Size(outputs.size());
  switch (meaning) {
    case Meaning::numbers:
    case Meaning::scores:
      break;
    case Meaning::logits:
    case Meaning::distribution:
      kernels::softmax(outputs.data(), outputs.data(), count / width, width);
      break;
    case Meaning::binary:
      kernels::sigmoid(outputs.data(), outputs.data(), count);
      break;
    case Meaning::normal:  // log variances become deviations
      for (Size i = 0; i < count; ++i)
        if (i % width >= width / 2) outputs[std::size_t(i)] = std::exp(outputs[std::size_t(i)] / 2);
      break;
  }
}

Value placed_target(const Recipe& recipe, Value outputs, Value target) {
  if (!tells_classes(recipe) || outputs.shape().rank() <= 2) return target;
  Shape place = outputs.shape().without_first();
  place[place.rank() - 1] = 1;
  return reshape(target, place);
}

const std::vector<Regularizer>& regularizers_of(const Recipe& recipe, int group) {
  const auto* own = group < 0 ? nullptr : &recipe.groups[std::size_t(group)].regularizers;
  return own && *own ? **own : recipe.regularizers;
}

Size goals_of(const Recipe& recipe, const Signature& signature, Mode mode) {
  const Meaning meaning = recipe.loss.meaning();
  if (mode != Mode::train || (meaning != Meaning::logits && meaning != Meaning::scores))
    return signature.target_width;
  for (const Transform& transform : recipe.transforms)
    if (transform.mixes()) {
      if (!recipe.loss.takes_shares())
        fail("transforms: {} makes shares of classes, which {} does not take; take cross_entropy",
             transform.key(), recipe.loss.key());
      return signature.outputs;
    }
  return signature.target_width;
}

Network::Network(const Recipe& recipe, Signature& signature, Mode mode, Size rows, Store& store,
                 Threads& threads, const PlanOptions& options, bool judged, Size shard_rows)
    : graph_(rows, shard_rows > 0
                       ? shard_rows
                       : shard_rows_by_work(recipe, signature.sample, mode, rows, store)),
      store_(store) {
  if (recipe.model.empty()) fail("the recipe has no model: list at least one layer");
  Net net(graph_, store, mode, recipe.seed, {recipe.init, recipe.bias_init});
  const Value x = graph_.input(signature.sample, "input");
  Value outputs = build_sequence(net, "layers", recipe.model, x);
  check_outputs(recipe, signature, outputs.shape());
  const Meaning meaning = recipe.loss.meaning();
  const bool calibrated = mode != Mode::train && signature.temperature != 1;
  if (calibrated) outputs = tempered(outputs, meaning, signature.temperature);
  // Classes may be found at each step of a sequence; other outputs are all of the sample.
  const bool of_classes = tells_classes(recipe);
  signature.outputs = of_classes ? outputs.shape().back() : outputs.shape().row();
  positions_ = outputs.shape().row() / signature.outputs;
  told_ = meaning == Meaning::normal ? signature.outputs / 2 : signature.outputs;
  const Value target = graph_.target({goals_of(recipe, signature, mode)}, "target");
  if (of_classes && outputs.shape().rank() > 2 && target.shape().back() != signature.target_width)
    fail("transforms: those that mix samples do not mix the classes of a sequence's steps");
  // z / T of log-probabilities are none, which nll takes them for.
  const bool sums_to_one = calibrated && meaning == Meaning::logits;
  const Value loss = recipe.loss.build(sums_to_one ? log_softmax(outputs) : outputs,
                                       placed_target(recipe, outputs, target));
  std::vector<Id> roots{outputs.id};
  if (judged) roots.push_back(loss.id);
  if (mode == Mode::train) {
    if (net.parameters().empty()) fail("the model has nothing to train: add a dense layer");
    for (const Value& slope : slopes_of(recipe, net, loss)) roots.push_back(slope.id);
  }
  fits_ = net.fits();
  dropped_biases_ = net.dropped_biases();
  uses_batch_statistics_ = net.uses_batch_statistics;
  PlanOptions planned = options;
  planned.threads = threads.count();
  plan_ = make_plan(graph_, roots, planned);
  executor_ = std::make_unique<Executor>(plan_, store, threads, &own_);
}

Values Network::slopes_of(const Recipe& recipe, const Net& net, Value loss) {
  std::map<Id, int> group;
  std::vector<std::string> names;
  for (const Value& parameter : net.parameters()) names.push_back(graph_.node(parameter.id).name);
  const std::vector<int> groups = groups_of(recipe.groups, names);
  std::set<Id> weights;
  for (const Value& weight : net.weights()) weights.insert(weight.id);
  Values moved;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Value parameter = net.parameters()[i];
    group[parameter.id] = groups[i];
    if (groups[i] >= 0 && recipe.groups[std::size_t(groups[i])].freeze) continue;
    moved.push_back(parameter);
    trained_.push_back({names[i], groups[i], weights.count(parameter.id) > 0});
  }
  if (moved.empty()) fail("groups: nothing is left to train: do not freeze all weights");

  Value total = loss;
  for (const Value& penalty : net.penalties()) total = add(total, penalty);
  for (const Value& weight : net.weights()) {
    const auto found = group.find(weight.id);
    for (const Regularizer& one :
         regularizers_of(recipe, found == group.end() ? -1 : found->second))
      if (!one.projects()) total = add(total, one.build(weight));
  }
  Values slopes = gradients(total, moved);
  if (recipe.accumulate > 1) slopes = accumulated(slopes);
  for (const GradientRule& rule : recipe.gradients) slopes = rule.build(slopes);
  return slopes;
}

Values Network::accumulated(const Values& slopes) {
  const auto buffer = [&](const Shape& shape, const std::string& name) {
    own_.add(name, shape, false);
    return graph_.buffer(shape, name);
  };
  const Value kept = buffer({1}, "accumulate.kept"), added = buffer({1}, "accumulate.added");
  Values sums;
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const Value before = buffer(slopes[i].shape(), "accumulate." + trained_[i].name);
    sums.push_back(add(scaled(before, kept), scaled(slopes[i], added)));
    graph_.assign(before, sums.back());
  }
  return sums;
}

void Network::mix_gradients(double kept, double added) {
  own_.at("accumulate.kept")[0] = float(kept);
  own_.at("accumulate.added")[0] = float(added);
}

std::vector<Network::Running> Network::running() const {
  std::vector<Running> list;
  for (const Id id : graph_.assigned())
    if (const auto* op = dynamic_cast<const RunningOp*>(graph_.node(id).op.get()))
      list.push_back({graph_.node(graph_.node(id).assigned).name, op->momentum});
  return list;
}

std::vector<Network::Trained> Network::trained() const {
  std::vector<Trained> list;
  for (std::size_t i = 0; i < trained_.size(); ++i)
    for (const Stored& stored : store_.tensors())
      if (stored.name == trained_[i].name)
        list.push_back({&stored, std::as_const(*executor_).root(2 + i), trained_[i].group,
                        trained_[i].regularized});
  return list;
}

void fit_buffers(const std::vector<Fit>& fits, const Portion& portion, Store& store) {
  const Samples& samples = *portion.samples;
  for (const Fit& fit : fits) {
    const Size width = fit.targets ? samples.target_width : samples.shape.count();
    const Span mean = store.at(fit.mean), deviation = store.at(fit.deviation);
    if (Size(mean.size()) != width)
      fail("model: {} is for {} numbers, a target has {}", fit.mean, mean.size(), width);
    const auto groups = std::size_t(fit.per_feature ? width : 1);
    const auto group = [&](Size j) { return std::size_t(fit.per_feature ? j : 0); };
    std::vector<double> sum(groups, 0.0), squares(groups, 0.0), count(groups, 0.0);
    const auto each = [&](const auto& visit) {
      const auto see = [&](ConstSpan numbers) {
        for (Size j = 0; j < width; ++j)
          if (const double x = double(numbers[std::size_t(j)]); !std::isnan(x))
            visit(group(j), x);  // NaN: a missing value
      };
      if (!fit.targets) return portion.each(see);
      for (const Size row : portion.rows)
        see(ConstSpan(samples.targets).subspan(std::size_t(row * width), std::size_t(width)));
    };
    each([&](std::size_t g, double x) { sum[g] += x, ++count[g]; });
    for (std::size_t g = 0; g < groups; ++g) sum[g] /= std::max(1.0, count[g]);
    each([&](std::size_t g, double x) { squares[g] += (x - sum[g]) * (x - sum[g]); });
    for (Size j = 0; j < width; ++j) {
      const double spread = std::sqrt(squares[group(j)] / std::max(1.0, count[group(j)]));
      mean[std::size_t(j)] = float(sum[group(j)]);
      deviation[std::size_t(j)] = spread > 0 ? float(spread) : 1.0f;
    }
  }
}

double each_outcome(Network& network, const Portion& portion,
                    const std::function<void(const Outcome&)>& see) {
  double loss = 0;
  const Size positions = network.positions(), told = network.told();
  const Size width =
      network.plan().graph().node(network.plan().draft.roots[0]).shape.row() / positions;
  const Size goals = portion.samples->target_width;
  std::vector<float> means, deviations;
  std::vector<Size> all(portion.rows.size());
  std::iota(all.begin(), all.end(), Size{0});
  portion.expect(all, network.rows());
  for (Size begin = 0; begin < portion.count(); begin += network.rows()) {
    const Size rows = std::min(network.rows(), portion.count() - begin);
    const auto wanted = std::span<const Size>(all).subspan(std::size_t(begin), std::size_t(rows));
    portion.gather(wanted, network.input(), network.target());
    network.run(rows, 0, 0);
    loss += network.loss() * double(rows);
    const Size places = rows * positions;
    ConstSpan outputs = network.outputs().first(std::size_t(places * width));
    means.clear(), deviations.clear();
    for (Size row = 0; told < width && row < places; ++row) {
      const auto begins = outputs.begin() + row * width, ends = begins + told;
      means.insert(means.end(), begins, ends);
      std::transform(ends, ends + told, std::back_inserter(deviations),
                     [](float log_variance) { return std::exp(log_variance / 2); });
    }
    see({told < width ? ConstSpan(means) : outputs,
         ConstSpan(network.target()).first(std::size_t(rows * goals)), places, told,
         goals / positions, deviations});
  }
  return loss / double(portion.count());
}

Scores score(Network& network, const Portion& portion, const std::vector<Metric>& metrics) {
  std::vector<std::unique_ptr<Meter>> meters;
  for (const Metric& metric : metrics) meters.push_back(metric.meter());
  const double loss = each_outcome(network, portion, [&](const Outcome& outcome) {
    for (const auto& meter : meters) meter->add(outcome);
  });
  Scores scores{{"loss", loss}};
  const std::vector<std::string> names = names_of(metrics);
  for (std::size_t i = 0; i < metrics.size(); ++i)
    scores.emplace_back(names[i], meters[i]->value());
  return scores;
}

std::vector<Metric> metrics_of(const Recipe& recipe, Size target_width) {
  const Meaning meaning = recipe.loss.meaning();
  for (const Metric& metric : recipe.metrics) {
    if (metric.of_probabilities() && meaning != Meaning::logits && meaning != Meaning::binary)
      fail("metrics: {} needs probabilities, which the outputs for {} are not", metric.key(),
           recipe.loss.key());
    if (metric.of_noise() && meaning != Meaning::normal)
      fail(
          "metrics: {} needs a model that tells its noise, which one for {} does not; take the "
          "loss gaussian_nll",
          metric.key(), recipe.loss.key());
  }
  names_of(recipe.metrics);  // says when two are the same
  if (!recipe.metrics.empty()) return recipe.metrics;
  if (meaning == Meaning::distribution) return {};
  if (!has_classes(meaning)) return {Rmse{}, MaeMetric{}};
  if (target_width > 1 && meaning == Meaning::binary) return {};  // many labels are no class
  return {Accuracy{}};
}

}  // namespace goodfit
