#include "goodfit/parts/layers/relu6.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Relu6, IsCutOnBothSides) {
  expect_numbers(outputs_of(Relu6{}, {4}, {-1, 0.5, 6, 7}), {0, 0.5, 6, 6});
}

}  // namespace goodfit
