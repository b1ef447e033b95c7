#include "goodfit/parts/layers/residual.hpp"

#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;

TEST(Residual, AddsItsInputToWhatItsBodyMakes) {
  expect_numbers(outputs_of(Residual{{Relu{}}}, {3}, {-2, 0, 3}), {-2, 0, 6});
}

TEST(Residual, NamesTheLayersOfItsBodyByTheirPlace) {
  const Built net({Relu{}, Residual{{Relu{}, Residual{{Dense{.out = 3, .bias = false}}}}}}, {3}, 1);
  EXPECT_EQ(net.names(true), Names{"layers.1.body.1.body.0.weight"});
}

TEST(Residual, RefusesABodyThatChangesTheShape) {
  expect_error([] { Built({Residual{{Dense{.out = 2}}}}, {3}, 1); },
               "layers.0 (residual): its body turns shape [3] into [2]; both must be equal");
}

TEST(Residual, AShortcutBringsTheInputToTheShapeOfTheBody) {
  Built net({Residual{{Dense{.out = 2}, Relu{}}, {Dense{.out = 2, .bias = false}}}}, {1}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.body.0.weight", "layers.0.body.0.bias",
                                    "layers.0.shortcut.0.weight"}));
  net.set("layers.0.body.0.weight", {1, -1});
  net.set("layers.0.body.0.bias", {0, 0});
  net.set("layers.0.shortcut.0.weight", {10, 100});
  expect_numbers(net.run({2}), {22, 200});
}

TEST(Residual, RefusesAShortcutOfAnotherShape) {
  expect_error(
      [] {
        Built({Residual{{Relu{}}, {Dense{.out = 2}}}}, {3}, 1);
      },
      "layers.0 (residual): its body turns shape [3] into [3], its shortcut into [2]; both "
      "must be equal");
}

TEST(Residual, RefusesAnEmptyBody) {
  expect_error([] { Built({Residual{}}, {3}, 1); },
               "layers.0 (residual): residual.body is empty: give it at least one layer");
}

TEST(Residual, ErrorsNameTheLayerInsideAndNoOther) {
  try {
    Built({Residual{{Relu{}, Residual{}}}}, {3}, 1);
    ADD_FAILURE() << "an empty body was accepted";
  } catch (const Error& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("layers.0.body.1 (residual): residual.body"))
        << error.what();
  }
}

}  // namespace goodfit
