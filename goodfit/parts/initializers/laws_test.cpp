// Laws that every initializer of the catalogue obeys; a new one states its mean and variance here.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

#include "goodfit/parts/initializers/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

// A dense layer of either form, a convolution of 3 × 5 taps from 6 channels to 70 units, and a
// layer before a ReLU.
const std::vector<Fan> fans{{.in = 300, .out = 500},
                            {.in = 500, .out = 40},
                            {.in = 6 * 15, .out = 70 * 15, .taps = 15, .centre = 7},
                            {.in = 200, .out = 300, .gain = relu_gain}};
Size units(const Fan& fan) { return fan.out / fan.taps; }

struct Moments {
  double mean, variance;
  double kurtosis = 3;  // E (w − mean)⁴ / variance²: how far the variance of n values strays
  bool random = true;
};

Moments xavier(const Fan& fan) { return {0, 2.0 / double(fan.in + fan.out)}; }
Moments he(const Fan& fan) { return {0, 2.0 / double(fan.in)}; }
Moments ones_on_a_diagonal(const Fan& fan) {
  const double n = double(std::min(fan.in / fan.taps, units(fan)));
  const double mean = n / double(fan.in * units(fan));
  return {mean, mean - mean * mean, 0, false};
}

const std::map<std::string_view, std::function<Moments(const Fan&)>> stated{
    {"zeros",
     [](auto&) {
       return Moments{0, 0, 0, false};
     }},
    {"ones",
     [](auto&) {
       return Moments{1, 0, 0, false};
     }},
    {"constant",
     [](auto&) {
       return Moments{0, 0, 0, false};
     }},
    {"identity", ones_on_a_diagonal},
    {"normal",
     [](auto&) {
       return Moments{0, 1};
     }},
    {"uniform",
     [](auto&) {
       return Moments{0.5, 1.0 / 12};
     }},
    {"truncated_normal",
     [](auto&) {
       return Moments{0, 0.7737413};
     }},  // 1 − 4φ(2) / (2Φ(2) − 1)
    {"exponential",
     [](auto&) {
       return Moments{0, 1, 9};
     }},
    {"laplace",
     [](auto&) {
       return Moments{0, 1, 6};
     }},
    {"sparse",
     [](const Fan& fan) {  // 0.9 is not a whole number of units everywhere
       const double kept = 1 - std::ceil(0.9 * double(units(fan))) / double(units(fan));
       return Moments{0, kept * 1e-4, 3 / kept};
     }},
    {"xavier_normal", xavier},
    {"xavier_uniform", xavier},
    {"lecun_normal",
     [](const Fan& fan) {
       return Moments{0, 1.0 / double(fan.in)};
     }},
    {"he_normal", he},
    {"he_uniform", he},
    {"variance_scaling",
     [](const Fan& fan) {
       return Moments{0, 1.0 / double(fan.in)};
     }},
    {"orthogonal",  // vectors of length 1 along the longer side
     [](const Fan& fan) {
       return Moments{0, 1.0 / double(std::max(fan.in, units(fan)))};
     }},
    {"lsuv",
     [](const Fan& fan) {
       return Moments{0, 1.0 / double(std::max(fan.in, units(fan)))};
     }},
    {"automatic", [](const Fan& fan) { return fan.gain.halves ? he(fan) : xavier(fan); }},
    {"torch",
     [](const Fan& fan) {
       return Moments{0, 1 / (3.0 * double(fan.in))};
     }},
};

std::vector<float> filled(const Initializer& initializer, const Fan& fan, std::uint64_t seed) {
  std::vector<float> w(std::size_t(units(fan) * fan.in), std::nanf(""));
  Random random(seed, 1);
  initializer.fill(w, fan, random);
  return w;
}

Moments moments_of(const std::vector<float>& w) {
  double sum = 0, squares = 0;
  for (const float x : w) sum += double(x);
  const double mean = sum / double(w.size());
  for (const float x : w) squares += (double(x) - mean) * (double(x) - mean);
  return {mean, squares / double(w.size())};
}

}  // namespace

TEST(Initializers, HaveTheStatedMeanAndVarianceForEveryShape) {
  Initializers::each([]<class Part>() {
    const auto law = stated.find(Part::card.key);
    ASSERT_NE(law, stated.end()) << Part::card.key << " must state its mean and variance here";
    for (const Fan& fan : fans) {
      const std::vector<float> w = filled(Part{}, fan, 7);
      const Moments found = moments_of(w), wanted = law->second(fan);
      // five standard errors: of a mean σ / √n, of a variance σ² √((kurtosis − 1) / n)
      const double n = double(w.size()), spread = std::sqrt(std::max(0.0, wanted.kurtosis - 1) / n);
      EXPECT_NEAR(found.mean, wanted.mean, 5 * std::sqrt(wanted.variance / n))
          << Part::card.key << " of " << fan.in << " inputs";
      EXPECT_NEAR(found.variance, wanted.variance, (5 * spread + 1e-6) * wanted.variance)
          << Part::card.key << " of " << fan.in << " inputs";
    }
  });
}

TEST(Initializers, DependOnTheSeedAndOnNothingElse) {
  Initializers::each([]<class Part>() {
    const Fan& fan = fans[0];
    EXPECT_EQ(filled(Part{}, fan, 1), filled(Part{}, fan, 1)) << Part::card.key;
    const bool random = stated.at(Part::card.key)(fan).random;
    EXPECT_EQ(filled(Part{}, fan, 1) != filled(Part{}, fan, 2), random) << Part::card.key;
  });
}

TEST(Initializers, FillOneValueAndNone) {  // a bias of one unit, a layer without a bias
  Initializers::each([]<class Part>() {
    Random random(1, 1);
    std::array one{std::nanf("")};
    Initializer(Part{}).fill(one, fans[0], random);
    EXPECT_TRUE(std::isfinite(one[0])) << Part::card.key;
    Initializer(Part{}).fill(Span{}, fans[0], random);
  });
}

TEST(Initializers, RefuseASettingOutsideItsRange) { expect_ranges_are_kept<Initializers>(); }
TEST(Initializers, CanBeNamedInARecipe) { expect_parts_can_be_named<Initializer, Initializers>(); }
TEST(Initializers, SurviveWritingAndReading) {
  expect_parts_survive_writing<Initializer, Initializers>();
}

}  // namespace goodfit
