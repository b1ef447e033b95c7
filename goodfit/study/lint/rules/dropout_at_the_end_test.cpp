#include "goodfit/study/lint/rules/dropout_at_the_end.hpp"

#include "goodfit/study/lint/rules/testing.hpp"

namespace goodfit {

TEST(DropoutAtTheEnd, IsFound) {
  expect_finding<DropoutAtTheEnd>(with_model({Dense{.out = 8}, Relu{}, Dense{.out = 2}, Dropout{}}),
                                  "layers.3 (dropout)", "drops answers");
  expect_finding<DropoutAtTheEnd>(with_model({Dense{.out = 2}, Dropout{}, Sigmoid{}}),
                                  "layers.1 (dropout)", "drops answers");
}

TEST(DropoutAtTheEnd, IsSilentBeforeWeights) {
  expect_silence<DropoutAtTheEnd>(
      with_model({Dense{.out = 8}, Relu{}, Dropout{}, Dense{.out = 2}}));
  expect_silence<DropoutAtTheEnd>(with_model({Dense{.out = 8}, Dropout{.p = 0}}));
  expect_silence<DropoutAtTheEnd>(
      with_model({Dense{.out = 8}, Dropout{}, Residual{{Dense{.out = 8}}}}));
}

}  // namespace goodfit
