// Every pass, in the order in which they run.
#pragma once
#include <array>

#include "goodfit/compute/graph/passes/common_subexpressions.hpp"
#include "goodfit/compute/graph/passes/fuse_followers.hpp"
#include "goodfit/compute/graph/passes/fuse_leaders.hpp"
#include "goodfit/compute/graph/passes/prepare_weights.hpp"
#include "goodfit/compute/graph/passes/recompute.hpp"

namespace goodfit {

inline constexpr std::array all_passes{
    Pass{"common_subexpressions", "computes equal values once", common_subexpressions},
    Pass{"fuse_leaders", "a gradient inside the ops that go on with it", fuse_leaders},
    Pass{"fuse_followers", "bias and activation inside the op they follow", fuse_followers},
    Pass{"prepare_weights", "packs weights once a step", prepare_weights},
    Pass{"recompute", "makes large values again that only gradients still want", recompute},
};

}  // namespace goodfit
