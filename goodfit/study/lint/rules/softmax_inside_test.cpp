#include "goodfit/study/lint/rules/softmax_inside.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(SoftmaxInside, IsFound) {
  expect_finding<SoftmaxInside>(
      with_model({Dense{.out = 8}, Softmax{}, Dropout{}, Dense{.out = 2}}), "layers.1 (softmax)",
      "add up to 1");
}

TEST(SoftmaxInside, IsSilentAtTheEnd) {
  expect_silence<SoftmaxInside>(with_model({Dense{.out = 8}, Relu{}, Dense{.out = 2}, Softmax{}}));
}

}  // namespace goodfit
