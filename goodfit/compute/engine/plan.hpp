// Plan: in which order a graph is computed, who shares the work, and where each value lies.
//
// Stages follow each other with a barrier between. Before a stage its `once` ops run, alone. In a
// stage one segment takes each shard depth-first through all ops by rows, while it is hot in cache,
// and the ops by tiles that have their inputs run beside it. An op stands in the first stage that
// has all its inputs; what needs only weights, in the last before it is read. What reads vast
// panels begins a stage, so that those of all layers need not lie side by side.
//
// All values lie in one arena; values that are not needed at the same time share memory. What is
// made and last read while a shard passes is local, where there are fewer threads than shards: it
// has room for a shard of each thread, which the next one finds in the cache of its thread. What
// can be made in the place of a value of all shards lies there instead.
#pragma once
#include <string>
#include <vector>

#include "goodfit/compute/graph/pass.hpp"

namespace goodfit {

// Floats of what a chain of ops takes up at a time, as a second-level cache holds.
constexpr Size cached_floats = Size(1) << 16;

// Floats of a value that no cache keeps until it is read again: 16 MiB, as what it is made of and
// what is made meanwhile is as much again and more.
constexpr Size far_floats = Size(1) << 22;

// Floats of a slot that is added to, on the stack of the thread; wider ones are filled at once.
constexpr Size widest_slot = 4096;

struct PlanOptions {
  int threads = 0;  // at most so many run it; 0: any number
  std::vector<std::string> without_passes = {};
  bool share_memory = true;     // off: every value has memory of its own, for tests
  bool weights_stay = false;    // what comes of them alone is computed in the first run and kept
  Size large = large_value;     // from so many floats on a value may be made again
  Size vast = Size(1) << 21;    // from so many on, panels have a stage of their own
  Size cached = cached_floats;  // a chain takes a shard so many floats at a time
  Size far = far_floats;  // a value read again after so many floats is written past the caches
  // Below this a step is over before other threads have woken up; 0 wakes them always.
  double flops_worth_threads = 4e6;
};

// Neighbours in a segment that take a shard a few samples at a time, one after the other, so that
// each finds what the others read and wrote in cache. Longer work is a chain of its own.
struct OpChain {
  std::vector<Id> ops;
  Size rows;  // samples at a time
};

struct PlanStage {
  std::vector<Id> before;       // run once, in order, by one thread
  std::vector<OpChain> chains;  // by rows: the segment, in parts; every shard goes through all
  std::vector<Id> tiled;        // by tiles, each on its own
  Size local_floats = 0;        // of its local values, for a shard
};

struct Plan {
  Draft draft;  // after the passes; its roots are those asked for, in order
  std::vector<PlanStage> stages;
  Size lasting_stages = 0;   // the first of them, which only the first run takes: weights stay
  std::vector<Size> offset;  // of each value in the arena, in floats; -1: it has no place there
  std::vector<Id> storage;   // whose memory a value uses: its own, a view's origin, a buffer
  int threads = 0;           // so many have room for local values; 0: there are none
  std::vector<bool> local;   // for the first of them; that of the next is local_floats behind
  std::vector<bool> far;     // values that are written past the caches, where their op can
  Size arena_floats = 0;
  Size bound_floats = 0;  // what is alive at the worst moment: no order-preserving plan needs less
  double flops = 0;       // of a whole step
  double flops_worth_threads = 0;  // fewer are done by the caller alone

  const Graph& graph() const { return *draft.graph; }
  Size units(const Node& node, Size rows) const;  // how many threads could share it
  // The table of `goodfit plan`.
  std::string text() const;
};

// Plans the computation of `roots` and of everything that is assigned to a buffer.
// Throws Error for an unknown pass in the options.
Plan make_plan(const Graph& graph, const std::vector<Id>& roots, const PlanOptions& options = {});

// Parts a segment; a step of make_plan.
std::vector<OpChain> chains_of(const Graph& graph, const std::vector<Id>& segment, Size cached);

// Which values are far, when each has its place; a step of make_plan.
std::vector<bool> far_values(const Plan& plan, Size far);

// Fills what the plan says of memory, but for `threads`; a step of make_plan.
void place_values(Plan& plan, bool share_memory);

}  // namespace goodfit
