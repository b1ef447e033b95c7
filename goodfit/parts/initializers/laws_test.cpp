// Laws that every initializer of the catalogue obeys; a new one states its mean and variance here.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "goodfit/parts/initializers/catalogue.hpp"
#include "tests/part_laws.hpp"

namespace goodfit {
namespace {

constexpr Fan fan{.in = 300, .out = 500};
constexpr std::size_t count = 300 * 500;

struct Moments {
  double mean, variance;
};
const std::map<std::string_view, Moments> stated{
    {"zeros", {0, 0}},
    {"constant", {0, 0}},
    {"normal", {0, 1}},
    {"uniform", {0.5, 1.0 / 12}},
    {"xavier_normal", {0, 2.0 / 800}},
    {"xavier_uniform", {0, 2.0 / 800}},
    {"he_normal", {0, 2.0 / 300}},
    {"he_uniform", {0, 2.0 / 300}},
    {"orthogonal", {0, 1.0 / 500}},  // columns of length 1 over 500 rows
    {"automatic", {0, 2.0 / 800}},
    {"torch", {0, 1.0 / (3 * 300)}},
};

std::vector<float> filled(const Initializer& initializer, std::uint64_t seed) {
  std::vector<float> w(count, std::nanf(""));
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

TEST(Initializers, HaveTheStatedMeanAndVariance) {
  Initializers::each([]<class Part>() {
    const auto law = stated.find(Part::card.key);
    ASSERT_NE(law, stated.end()) << Part::card.key << " must state its mean and variance here";
    const auto [mean, variance] = moments_of(filled(Part{}, 7));
    // five standard errors: of a mean σ/√n, of a variance at most σ² √(2/n)
    EXPECT_NEAR(mean, law->second.mean, 5 * std::sqrt(law->second.variance / count))
        << Part::card.key;
    EXPECT_NEAR(variance, law->second.variance, 5 * law->second.variance * std::sqrt(2.0 / count))
        << Part::card.key;
  });
}

TEST(Initializers, DependOnTheSeedAndOnNothingElse) {
  Initializers::each([]<class Part>() {
    EXPECT_EQ(filled(Part{}, 1), filled(Part{}, 1)) << Part::card.key;
    const bool random = stated.at(Part::card.key).variance > 0;
    EXPECT_EQ(filled(Part{}, 1) != filled(Part{}, 2), random) << Part::card.key;
  });
}

TEST(Initializers, FillOneValueAndNone) {  // a bias of one unit, a layer without a bias
  Initializers::each([]<class Part>() {
    Random random(1, 1);
    std::array one{std::nanf("")};
    Initializer(Part{}).fill(one, fan, random);
    EXPECT_TRUE(std::isfinite(one[0])) << Part::card.key;
    Initializer(Part{}).fill(Span{}, fan, random);
  });
}

TEST(Initializers, RefuseASettingOutsideItsRange) { expect_ranges_are_kept<Initializers>(); }
TEST(Initializers, CanBeNamedInARecipe) { expect_parts_can_be_named<Initializer, Initializers>(); }
TEST(Initializers, SurviveWritingAndReading) {
  expect_parts_survive_writing<Initializer, Initializers>();
}

}  // namespace goodfit
