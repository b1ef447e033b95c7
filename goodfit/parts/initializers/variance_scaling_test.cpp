#include "goodfit/parts/initializers/variance_scaling.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace goodfit {
namespace {

struct Form {
  double mean = 0, variance = 0, least = 1e9, most = -1e9;
};
Form form_of(const VarianceScaling& initializer, const Fan& fan) {
  std::vector<float> w(100000);
  Random random(1, 1);
  initializer.fill(w, fan, random);
  Form form;
  for (const float x : w) form.mean += double(x) / double(w.size());
  for (const float x : w) {
    const double d = double(x) - form.mean;
    form.variance += d * d / double(w.size());
    form.least = std::min(form.least, double(x));
    form.most = std::max(form.most, double(x));
  }
  return form;
}

// Fourth moments by the squared variance: the variance of n values is within
// 5 √((kurtosis − 1) / n).
const std::map<std::string, double> kurtosis{
    {"normal", 3}, {"uniform", 1.8}, {"truncated_normal", 2.4}, {"exponential", 9}, {"laplace", 6}};

}  // namespace

TEST(VarianceScaling, GivesEveryDistributionTheWantedVariance) {
  for (const auto& [distribution, kappa] : kurtosis)
    for (const auto& [fan, n_in, n_out, n_average] :
         {std::tuple{Fan{.in = 5, .out = 20}, 5.0, 20.0, 12.5},
          {Fan{.in = 300, .out = 1}, 300.0, 1.0, 150.5}})
      for (const auto& [mode, n] :
           {std::pair{"fan_in", n_in}, {"fan_out", n_out}, {"average", n_average}}) {
        const Form form = form_of({.distribution = distribution, .mode = mode, .scale = 3}, fan);
        const double variance = 3 / n;
        EXPECT_NEAR(form.variance / variance, 1, 5 * std::sqrt((kappa - 1) / 1e5))
            << distribution << " " << mode;
        EXPECT_NEAR(form.mean / std::sqrt(variance), 0, 5 / std::sqrt(1e5)) << distribution;
      }
}

TEST(VarianceScaling, KeepsTheFormOfTheDistribution) {
  const auto form = [](const char* distribution) {  // of deviation 1
    return form_of({.distribution = distribution}, {.in = 1, .out = 1});
  };
  EXPECT_NEAR(form("uniform").most, std::sqrt(3.0), 1e-3);
  EXPECT_NEAR(form("truncated_normal").most, 2 / 0.8796, 0.01);
  EXPECT_NEAR(form("exponential").least, -1, 1e-3);
  EXPECT_GT(form("exponential").most, 8);  // 1e5 e^-9 = 12 are expected beyond
  EXPECT_GT(form("laplace").most, 6);      // 1e5 ½ e^(−6 √2) = 10
  EXPECT_LT(form("normal").most, 6);       // 1e5 · 1e-9
  EXPECT_GT(form("normal").most, 3);
}

TEST(VarianceScaling, LeavesAnExponentialWhereItIsWhenAsked) {
  const Form form =
      form_of({.distribution = "exponential", .centered = false}, {.in = 4, .out = 1});
  EXPECT_GE(form.least, 0);
  EXPECT_NEAR(form.mean, 0.5, 0.01);
  EXPECT_NEAR(form.variance, 0.25, 0.01);
}

}  // namespace goodfit
