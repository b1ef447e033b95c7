#include "goodfit/parts/layers/glu.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Glu, GatesOneHalfByTheOther) {
  expect_numbers(outputs_of(Glu{}, {4}, {3, -2, 0, 1e30}), {1.5, -2});
}

TEST(Glu, RefusesAnOddNumberOfFeatures) {
  try {
    outputs_of(Glu{}, {3}, {1, 2, 3});
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("two halves"), std::string::npos) << error.what();
  }
}

}  // namespace goodfit
