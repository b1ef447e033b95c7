#include "goodfit/compute/graph/passes/recompute.hpp"

#include "goodfit/compute/graph/passes/fuse_followers.hpp"
#include "goodfit/compute/graph/passes/testing.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"

namespace goodfit {
namespace {

// A chain of five residual blocks, each a dense and a norm of what the last one gave.
struct Chain {
  Draft draft = empty_draft();
  Graph& graph = *draft.graph;
  Value weight = graph.parameter({4, 4}, "weight"), gamma = graph.parameter({4}, "gamma");
  Value y = graph.input({4}, "x");

  Chain() {
    for (int block = 0; block < 5; ++block) y = add(norm(dense(y, weight)), y);
  }
  Value norm(Value x) const {
    return batch_norm(x, normalizer(batch_statistics(x, 4), 1), gamma, gamma, false);
  }
  // How many norms there are after the pass.
  long norms(const Values& roots, Size large) {
    for (const Value& root : roots) draft.roots.push_back(root.id);
    draft.large = large;
    const Names names = ops_after(recompute(fuse_followers(draft)));
    return std::count_if(names.begin(), names.end(), [](const std::string& name) {
      return name == "batch_norm" || name == "batch_norm_add";
    });
  }
  Values slopes() const {
    const Value loss = mean_rows(dense(y, graph.parameter({1, 4}, "head")));
    return {loss, gradients(loss, {weight})[0]};
  }
};

}  // namespace

// The gradient of `weight` reads x, y1, y2, y3 and y4: y1 is made of x again, and y3 of y2.
TEST(Recompute, MakesEveryOtherOutputOfResidualBlocksAgain) {
  Chain chain;
  EXPECT_EQ(chain.norms(chain.slopes(), 16), 5 + 2);
}

TEST(Recompute, KeepsWhatIsSmall) {
  Chain chain;
  EXPECT_EQ(chain.norms(chain.slopes(), 17), 5);
}

TEST(Recompute, KeepsWhatNoGradientWants) {
  Chain chain;
  EXPECT_EQ(chain.norms({chain.y}, 1), 5);
}

}  // namespace goodfit
