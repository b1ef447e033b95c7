#include "goodfit/parts/gradients/gradient_noise.hpp"

#include "goodfit/parts/gradients/testing.hpp"

namespace goodfit {
namespace {

const std::vector<Slope> zeros{{{40, 500}, std::vector<float>(20000)},
                               {{20000}, std::vector<float>(20000)}};

struct Moments {
  double mean = 0, variance = 0, fourth = 0;
};
Moments moments(const std::vector<float>& x) {
  Moments found;
  for (const float one : x) found.mean += double(one) / double(x.size());
  for (const float one : x) {
    const double square = (double(one) - found.mean) * (double(one) - found.mean);
    found.variance += square / double(x.size());
    found.fourth += square * square / double(x.size());
  }
  return found;
}

}  // namespace

TEST(GradientNoise, IsNormalWithAVarianceThatFades) {
  for (const std::uint32_t step : {0, 1, 99}) {
    const GradientNoise rule{.eta = 0.3, .gamma = 0.55};
    const Moments found = moments(ruled(rule, zeros, 2, 5, step)[0]);
    const double wanted = 0.3 / std::pow(1.0 + step, 0.55);  // 20000 numbers: 1 % is one deviation
    EXPECT_NEAR(found.mean, 0, 4 * std::sqrt(wanted / 20000));
    EXPECT_NEAR(found.variance, wanted, 0.04 * wanted) << step;
    EXPECT_NEAR(found.fourth / (found.variance * found.variance), 3, 0.15) << step;
  }
}

TEST(GradientNoise, DiffersBetweenTensorsStepsAndSeeds) {
  const auto at = [](std::uint64_t seed, std::uint32_t step) {
    return ruled(GradientNoise{.eta = 1, .gamma = 0}, zeros, 1, seed, step);
  };
  EXPECT_EQ(at(1, 2), at(1, 2));
  EXPECT_NE(at(1, 2)[0], at(1, 2)[1]);
  EXPECT_NE(at(1, 2)[0], at(1, 3)[0]);
  EXPECT_NE(at(1, 2)[0], at(2, 2)[0]);
}

TEST(GradientNoise, IsAddedToTheGradient) {
  const std::vector<Slope> five{{{40, 500}, std::vector<float>(20000, 5.0f)}};
  EXPECT_NEAR(moments(ruled(GradientNoise{}, five)[0]).mean, 5, 0.004);
  EXPECT_EQ(ruled(GradientNoise{.eta = 0}, five)[0], five[0].numbers);
}

}  // namespace goodfit
