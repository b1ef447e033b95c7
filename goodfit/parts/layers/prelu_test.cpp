#include "goodfit/parts/layers/prelu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Prelu, HasASlopeForEachChannel) {
  Built net({Prelu{}}, {2}, 2);
  expect_stored(net, "layers.0.weight", {0.25, 0.25});
  net.set("layers.0.weight", {0.5f, 2});
  expect_numbers(net.run({-2, -3, 4, 5}), {-1, -6, 4, 5});
}

}  // namespace goodfit
