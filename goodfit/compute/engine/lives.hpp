// Lives: from when to when each value of a plan is needed.
#pragma once
#include "goodfit/compute/engine/plan.hpp"

namespace goodfit {

// When an op runs: its number in the order of the plan, from 1 on, and where that is.
struct Moment {
  int number = 0;  // 0: it does not run
  int stage = -1;
  int chain = -1;  // counted through the whole plan; -1: it stands in none
  Size rows = 0;   // samples at a time, in a chain
};

std::vector<Moment> moments_of(const Plan& plan);  // of each node

struct Life {
  Id id = -1;
  bool local = false;
  Size floats = 0;  // rounded up to a cache line; of a local value, for one shard
  Size row = 0;     // floats per sample; 0 when it is not batched
  Moment born = {},
         dies = {};  // the moment that makes it and the last that reads it, both included
  Id heir_of = -1;   // the value whose memory the op that makes this one may overwrite

  // Threads may be at different places of a stage; in the memory of one, it is at some place of a
  // chain for some samples and at another for the next.
  int first() const { return local ? born.chain : born.stage; }
  int last() const { return local ? dies.chain : dies.stage; }
};

// Of all values that have memory of their own, in their order.
std::vector<Life> lives_of(const Plan& plan);

// The floats alive at the worst moment, of lives in their order; what an op overwrites counts once.
Size most_alive(const std::vector<Life>& lives);

}  // namespace goodfit
