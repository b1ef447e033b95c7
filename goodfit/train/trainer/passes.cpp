#include "goodfit/train/trainer/passes.hpp"

#include "goodfit/compute/graph/split.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/train/trainer/temperature.hpp"

namespace goodfit {
namespace {

constexpr Size most_samples = 256;  // at a time
constexpr Size most_rows = 512;     // passes × samples: packing pays, and caches hold a shard
constexpr Size most_numbers = Size{1} << 24;  // of all passes over the samples of one time

}  // namespace

bool draws_in_passes(const Recipe& recipe, const Signature& signature) {
  Graph graph(1);
  Store store;
  Net net(graph, store, Mode::sample, recipe.seed, {recipe.init, recipe.bias_init});
  build_sequence(net, "layers", recipe.model, graph.input(signature.sample, "input"));
  return std::any_of(graph.nodes().begin(), graph.nodes().end(),
                     [](const Node& node) { return node.op && node.op->draws(); });
}

Passes::Passes(const Recipe& recipe, const Signature& signature, Size samples, Size passes,
               Store& store, Threads& threads)
    : passes_(passes) {
  const auto built = [&](Size rows) {
    auto graph = std::make_unique<Graph>(rows);
    Net net(*graph, store, Mode::sample, recipe.seed, {recipe.init, recipe.bias_init});
    const Value x = graph->input(signature.sample, "input");
    const Value y = build_sequence(net, "layers", recipe.model, x);
    const Id wanted = tempered(y, recipe.loss.meaning(), signature.temperature).id;
    return std::pair(std::move(graph), wanted);
  };
  const auto [first, out] = built(1);
  outputs_ = first->node(out).shape.row();
  const Size rows = std::clamp(most_numbers / std::max<Size>(1, passes * outputs_), Size{1},
                               std::min(samples, most_samples));
  auto [graph, wanted] = built(rows);
  const DrawSplit split = split_draws(*graph, wanted);
  samples_alone_ = split.samples_alone;
  const Size times = samples_alone_ ? std::clamp(most_rows / rows, Size{1}, passes) : 1;
  for (const Id id : split.fixed) widths_.push_back(graph->node(id).shape.row());
  const PlanOptions options{.threads = threads.count(), .weights_stay = true};
  fixed_.plan = make_plan(*graph, split.fixed, options);
  const Draft drawn = split_draws(*built(rows * times).first, wanted).drawn;
  drawn_.plan = make_plan(*drawn.graph, drawn.roots, options);
  for (Part* part : {&fixed_, &drawn_})
    part->executor = std::make_unique<Executor>(part->plan, store, threads);
}

// Every pass reads the same.
void Passes::repeat_fixed(Size rows, Size times) {
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    const ConstSpan from = std::as_const(*fixed_.executor).root(i);
    const Span to = drawn_.executor->input("fixed." + std::to_string(i));
    for (Size time = 0; time < times; ++time)
      std::copy_n(from.data(), rows * widths_[i], to.data() + time * rows * widths_[i]);
  }
}

void Passes::run(ConstSpan samples, Size begin, Size rows, std::uint64_t seed, const See& see) {
  const Span input = fixed_.executor->input("input");
  std::copy(samples.begin(), samples.end(), input.begin());
  fixed_.executor->run(rows, seed, 0);
  const Size times = samples_alone_ ? std::min(passes_, drawn_.plan.graph().rows() / rows) : 1;
  repeat_fixed(rows, times);
  for (Size pass = 0; pass < passes_; pass += times) {
    const Size batch = std::min(times, passes_ - pass) * rows;
    // Each row of each pass has random numbers of its own; where masks of weights are drawn, a pass
    // is a step.
    if (samples_alone_)
      drawn_.executor->run(batch, seed, std::uint32_t(begin / samples_at_a_time()), {}, {},
                           pass * rows);
    else
      drawn_.executor->run(batch, seed, std::uint32_t(pass), {}, {}, begin);
    see(pass, std::as_const(*drawn_.executor).root(0).first(std::size_t(batch * outputs_)));
  }
}

}  // namespace goodfit
