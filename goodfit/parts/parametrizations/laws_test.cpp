// Laws that every parametrization of the catalogue obeys, on every layer with a weight. A new one
// is tested here without being named.
#include "goodfit/parts/layers/conv1d.hpp"
#include "goodfit/parts/layers/conv2d.hpp"
#include "goodfit/parts/layers/conv_transpose2d.hpp"
#include "goodfit/parts/parametrizations/testing.hpp"

namespace goodfit {
namespace {

struct Case {
  Layer layer;
  Shape sample;
};
std::vector<Case> layers_with(const std::vector<Parametrization>& by) {
  return {{Dense{.out = 4, .parametrizations = by}, {3}},
          {Conv1d{.out = 3, .kernel = 2, .parametrizations = by}, {4, 2}},
          {Conv2d{.out = 4, .kernel = 2, .groups = 2, .parametrizations = by}, {3, 3, 2}},
          {ConvTranspose2d{.out = 4, .kernel = 2, .groups = 2, .parametrizations = by}, {2, 2, 4}}};
}

}  // namespace

TEST(Parametrizations, GradientsAreThoseOfFiniteDifferences) {
  Parametrizations::each([]<class Part>() {
    // u and v of the power iteration count as constants only where they are: in evaluation.
    const Mode mode = std::is_same_v<Part, SpectralNorm> ? Mode::evaluate : Mode::train;
    for (const Case& one : layers_with({Part{}})) {
      Built net({one.layer}, one.sample, 3, mode);
      Values wanted = net.net.parameters();
      wanted.push_back(net.x);
      std::map<std::string, std::vector<double>> leaves;
      for (const Stored& stored : net.store.tensors()) {
        const ConstSpan now = net.store.at(stored.name);
        leaves[stored.name].assign(now.begin(), now.end());
      }
      EXPECT_LT(gradient_error(net.y, wanted, {.rows = 3, .leaves = leaves}), 1e-6)
          << Part::card.key << " of " << one.layer.key();
    }
  });
}

TEST(Parametrizations, MayFollowOneAnother) {
  const std::vector<Parametrization> two{WeightNorm{}, DropConnect{.p = 0.5}};
  for (const Case& one : layers_with(two)) {
    Built net({one.layer}, one.sample, 3);
    Values wanted = net.net.parameters();
    EXPECT_LT(gradient_error(net.y, wanted, {.rows = 3}), 1e-6) << one.layer.key();
  }
}

TEST(Parametrizations, OneThatDividesTheWeightMustBeFirst) {
  expect_error(
      [] {
        Built({dense_by({DropConnect{}, WeightNorm{}})}, {4}, 2);
      },
      "layers.0 (dense): parametrizations[1]: weight_norm must be the first");
}

TEST(Parametrizations, CanBeNamedInARecipe) {
  expect_parts_can_be_named<Parametrization, Parametrizations>();
}
TEST(Parametrizations, SurviveWriting) {
  expect_parts_survive_writing<Parametrization, Parametrizations>();
}
TEST(Parametrizations, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Parametrizations>(); }

}  // namespace goodfit
