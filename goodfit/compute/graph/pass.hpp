// Pass: a rewrite of a graph that keeps its meaning and saves work. Each has a name and can be
// switched off; with all of them off the numbers agree to rounding.
#pragma once
#include <functional>
#include <memory>

#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

// Floats of a value that costs more to keep for gradients than to make again.
constexpr Size large_value = Size(1) << 18;

// A graph with the values somebody wants; passes renumber the values and keep the list's order.
struct Draft {
  std::unique_ptr<Graph> graph;
  std::vector<Id> roots;
  Size large = large_value;
};

struct Pass {
  std::string_view name, about;
  Draft (*run)(const Draft&);
};

// The passes in the order in which they run.
std::span<const Pass> passes();

// Runs all but those named in `without`; an unknown name is an Error that lists the known ones.
Draft run_passes(Draft draft, const std::vector<std::string>& without);

// For passes: builds the new graph node by node, in order. `visit` gets the old id and the new ids
// of its inputs, and returns the id that stands for it in the new graph, or -1 to leave it out.
Draft rebuild(const Draft& from,
              const std::function<Id(Id, const std::vector<Id>&, Graph&)>& visit);

// Which values are needed for the roots and the assignments.
std::vector<bool> live(const Draft& draft);

// How often each value is used by what is needed, roots and assignments included.
std::vector<int> uses(const Draft& draft);

}  // namespace goodfit
