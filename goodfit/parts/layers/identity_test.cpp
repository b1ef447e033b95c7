#include "goodfit/parts/layers/identity.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(IdentityLayer, PassesItsInputOn) {
  expect_numbers(outputs_of(IdentityLayer{}, {2}, {-1, 0.5}), {-1, 0.5});
}

TEST(IdentityLayer, LetsWhatIsBeforeSeeWhatIsBehind) {
  EXPECT_EQ(Layer(IdentityLayer{}).signal(), Signal::passes);
}

}  // namespace goodfit
