#include "goodfit/parts/optimizers/lookahead.hpp"

#include <gtest/gtest.h>

#include "goodfit/parts/optimizers/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {

TEST(Lookahead, FourStepsByHand) {
  // sgd with η g = 1: 8 → 7 → 6, meets at 8 + ¼ (6 − 8) = 7.5; → 6.5 → 5.5, 7.5 + ¼ (5.5 − 7.5) = 7
  const Optimizer rule = Lookahead{.optimizer = Sgd{}, .every = 2, .alpha = 0.25};
  std::array w{8.0f}, slow{0.0f}, momentum{0.0f};
  const std::array<Span, 2> kept{slow, momentum};
  const std::array wanted{7.0f, 7.5f, 6.5f, 7.0f}, met{8.0f, 7.5f, 7.5f, 7.0f};
  for (std::size_t n = 0; n < wanted.size(); ++n) {
    rule.update({.number = Size(n + 1), .lr = 0.5}, w, std::array{2.0f}, kept.data());
    EXPECT_FLOAT_EQ(w[0], wanted[n]) << "step " << n + 1;
    EXPECT_FLOAT_EQ(slow[0], met[n]) << "step " << n + 1;
  }
}

TEST(Lookahead, RemembersWhatItsOptimizerRemembers) {
  const Optimizer rule = Lookahead{.optimizer = Muon{}};
  const std::vector<std::string> names(rule.memory().begin(), rule.memory().end());
  EXPECT_EQ(names, (std::vector<std::string>{"slow", "momentum", "square"}));
  EXPECT_EQ(rule.scratch(), Optimizer(Muon{}).scratch());
  EXPECT_TRUE(rule.whole_tensor());
  EXPECT_FALSE(Optimizer(Lookahead{}).whole_tensor());
}

TEST(Lookahead, IsReadFromARecipeAndRefusesItself) {
  const Setting of_lion = Setting::Table{{"lookahead", Setting::Table{{"lion", 0.8}}}};
  EXPECT_EQ(Optimizer::read(of_lion), Optimizer(Lookahead{.optimizer = Lion{.beta1 = 0.8}}));
  expect_error([] { Optimizer(Lookahead{.optimizer = Lookahead{}}); },
               "lookahead: its optimizer lookahead keeps \"slow\" already");
}

}  // namespace goodfit
