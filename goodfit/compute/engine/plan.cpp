#include "goodfit/compute/engine/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

// Whether no barrier stands between an input and the node that reads it.
bool ready_at_once(const Node& input, const Node& node) {
  const bool same_shard =
      node.spread == Spread::rows && input.spread == Spread::rows && input.batched;
  return input.spread == Spread::once || same_shard;
}

// Panels of a weight, say, which are made in parts.
bool made_of_leaves(const Node& node, const Graph& graph) {
  return node.op && node.spread == Spread::tiles &&
         std::none_of(node.inputs.begin(), node.inputs.end(),
                      [&](Id input) { return bool(graph.node(input).op); });
}

// The first stage in which a node with all these inputs may run.
int stage_of(const Node& node, const Graph& graph, const PlanOptions& options,
             const std::vector<int>& stage) {
  const bool begins =
      !options.weights_stay && std::any_of(node.inputs.begin(), node.inputs.end(), [&](Id id) {
        const Node& input = graph.node(id);
        return made_of_leaves(input, graph) && input.op->floats(input.shape) >= options.vast;
      });
  int first = 0;
  for (const Id id : node.inputs) {
    const Node& input = graph.node(id);
    if (!input.op) continue;
    const bool at_once = ready_at_once(input, node) && !begins;
    first = std::max(first, stage[std::size_t(id)] + (at_once ? 0 : 1));
  }
  return first;
}

// What comes of weights alone and draws no numbers. Not of constants alone: those may be divided by
// the samples of a batch.
std::vector<bool> lasting_nodes(const Graph& graph) {
  std::vector<bool> lasting(graph.nodes().size(), false), moved = lasting;
  for (const Id id : graph.assigned()) moved[std::size_t(graph.node(id).assigned)] = true;
  const auto stays = [&](Id id) {
    const Source source = graph.node(id).source;
    const bool weight = source == Source::parameter || source == Source::buffer;
    return lasting[std::size_t(id)] || (weight && !moved[std::size_t(id)]);
  };
  for (Id id = 0; id < Id(lasting.size()); ++id) {
    const Node& node = graph.node(id);
    const std::vector<Id>& in = node.inputs;
    lasting[std::size_t(id)] =
        node.op && node.spread != Spread::rows && !node.batched && !node.op->draws() &&
        node.assigned < 0 && std::any_of(in.begin(), in.end(), stays) &&
        std::all_of(in.begin(), in.end(), [&](Id input) {
          return stays(input) || graph.node(input).source == Source::constant;
        });
  }
  return lasting;
}

// What is made of weights alone, or again for a gradient, is made just before its first reader: it
// is in cache then, and its memory was somebody else's until then.
void delay(const Graph& graph, const std::vector<bool>& needed, std::vector<int>& stage) {
  constexpr int never = std::numeric_limits<int>::max();
  std::vector<int> latest(graph.nodes().size(), never);
  for (Id id = Id(graph.nodes().size()); id-- > 0;) {
    const Node& node = graph.node(id);
    if (!node.op || !needed[std::size_t(id)]) continue;
    const auto none = [&](auto&& is) {
      return std::none_of(node.inputs.begin(), node.inputs.end(),
                          [&](Id input) { return is(graph.node(input)); });
    };
    const bool of_weights = made_of_leaves(node, graph);
    const bool again = node.spread == Spread::rows && node.gradient && node.assigned < 0 &&
                       none([](const Node& input) { return input.gradient; });
    int& at = stage[std::size_t(id)];
    if ((of_weights || again) && latest[std::size_t(id)] != never) at = latest[std::size_t(id)];
    for (const Id input : node.inputs) {
      int& before = latest[std::size_t(input)];
      before = std::min(before, at - (ready_at_once(graph.node(input), node) ? 0 : 1));
    }
  }
}

// A whole copy of the graph, so that the passes may have their way with it.
Draft draft_of(const Graph& graph, const std::vector<Id>& roots, Size large) {
  Draft draft{std::make_unique<Graph>(graph.rows(), graph.shard_rows()), roots, large};
  for (const Node& node : graph.nodes()) draft.graph->copy(node, node.inputs);
  return draft;
}

}  // namespace

Size Plan::units(const Node& node, Size rows) const {
  if (node.spread == Spread::once) return 1;
  if (node.spread == Spread::rows) return graph().shards(rows);
  const Cut cut = node.op->cut(graph().shapes(node.inputs), node.shape);
  return (cut.items + cut.grain - 1) / cut.grain;
}

Plan make_plan(const Graph& graph, const std::vector<Id>& roots, const PlanOptions& options) {
  Plan plan;
  plan.draft = run_passes(draft_of(graph, roots, options.large), options.without_passes);
  const Graph& final = plan.graph();
  const std::vector<bool> needed = live(plan.draft);
  const std::vector<bool> lasting =
      options.weights_stay ? lasting_nodes(final) : std::vector<bool>(final.nodes().size(), false);
  std::vector<int> stage(final.nodes().size(), 0);
  for (const bool first : {true, false})  // what lasts comes in stages of its own
    for (Id id = 0; id < Id(final.nodes().size()); ++id) {
      const Node& node = final.node(id);
      if (lasting[std::size_t(id)] != first || !needed[std::size_t(id)] || !node.op) continue;
      int& at = stage[std::size_t(id)];
      at = stage_of(node, final, options, stage);
      if (first)
        plan.lasting_stages = std::max(plan.lasting_stages, Size(at) + 1);
      else
        at = std::max(at, int(plan.lasting_stages));
    }
  if (!options.weights_stay) delay(final, needed, stage);
  std::vector<std::vector<Id>> segments;  // of stages
  for (Id id = 0; id < Id(final.nodes().size()); ++id) {
    const Node& node = final.node(id);
    if (!needed[std::size_t(id)] || !node.op) continue;
    const int at = stage[std::size_t(id)];
    if (at >= int(plan.stages.size())) {
      plan.stages.resize(std::size_t(at) + 1);
      segments.resize(plan.stages.size());
    }
    PlanStage& mine = plan.stages[std::size_t(at)];
    (node.spread == Spread::once   ? mine.before
     : node.spread == Spread::rows ? segments[std::size_t(at)]
                                   : mine.tiled)
        .push_back(id);
    plan.flops += final.flops(node);
  }
  for (std::size_t s = 0; s < segments.size(); ++s)
    plan.stages[s].chains = chains_of(final, segments[s], options.cached);
  plan.flops_worth_threads = options.flops_worth_threads;
  if (options.threads < final.shards() && options.share_memory) plan.threads = options.threads;
  place_values(plan, options.share_memory);
  plan.far = far_values(plan, options.far);
  return plan;
}

std::string Plan::text() const {
  std::string out = fmt::format("{:>5}  {:<6} {:<26} {:<18} {:>6} {:>5} {:>12}  {}\n", "stage",
                                "spread", "op", "shape", "units", "rows", "offset", "inputs");
  for (std::size_t s = 0; s < stages.size(); ++s) {
    const auto line = [&](Id id, const char* spread, const std::string& rows = "-") {
      const Node& node = graph().node(id);
      std::string inputs;
      for (const Id input : node.inputs) {
        const Node& from = graph().node(input);
        inputs += (inputs.empty() ? "" : ", ") + (from.op ? fmt::format("%{}", input) : from.name);
      }
      out += fmt::format(
          "{:>5}  {:<6} {:<26} {:<18} {:>6} {:>5} {:>12}  {}\n", s, spread,
          fmt::format("%{} {}", id, node.op->name()), node.shape.text(),
          units(node, graph().rows()), rows,
          offset[std::size_t(id)] < 0 ? "-" : fmt::format("{}", offset[std::size_t(id)] * 4),
          inputs);
    };
    for (const Id id : stages[s].before) line(id, "once");
    for (const OpChain& chain : stages[s].chains)
      for (const Id id : chain.ops) line(id, "rows", std::to_string(chain.rows));
    for (const Id id : stages[s].tiled) line(id, "tiles");
  }
  out += fmt::format(
      "{} stages, {:.4g} MFLOP a step, arena {} bytes, lower bound {} bytes ({:.3f} x)\n",
      stages.size(), flops * 1e-6, arena_floats * 4, bound_floats * 4,
      bound_floats == 0 ? 1.0 : double(arena_floats) / double(bound_floats));
  return out;
}

}  // namespace goodfit
