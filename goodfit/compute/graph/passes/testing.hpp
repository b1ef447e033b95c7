// Testing: what the tests of the passes build and look at.
#pragma once
#include <gtest/gtest.h>

#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/graph/pass.hpp"
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/compute/ops/tanh.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

inline Draft empty_draft() { return {std::make_unique<Graph>(4, 2), {}}; }

// The ops that are needed for the roots, in order.
inline Names ops_after(const Draft& draft) {
  const std::vector<bool> needed = live(draft);
  Names names;
  for (std::size_t id = 0; id < needed.size(); ++id)
    if (const Node& node = draft.graph->node(Id(id)); needed[id] && node.op)
      names.emplace_back(node.op->name());
  return names;
}

}  // namespace goodfit
