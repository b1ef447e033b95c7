#include "goodfit/parts/layers/branches.hpp"

#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/flatten.hpp"
#include "goodfit/parts/layers/identity.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/tanh.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

using Names = std::vector<std::string>;
using Bodies = std::vector<std::vector<Layer>>;

TEST(Branches, LieSideBySide) {
  expect_numbers(outputs_of(Branches{Bodies{{Relu{}}, {IdentityLayer{}}}}, {2}, {-1, 2, 3, -4}),
                 {0, 2, -1, 2, 3, 0, 3, -4});
}

TEST(Branches, LieSideBySideAtEveryPosition) {
  Built net({Branches{Bodies{{IdentityLayer{}}, {Relu{}}}}}, {2, 1}, 1);
  EXPECT_EQ(net.y.shape(), Shape({1, 2, 2}));
  expect_numbers(net.run({-1, 2}), {-1, 0, 2, 2});
}

TEST(Branches, AreAdded) {
  const Branches three{Bodies{{Relu{}}, {IdentityLayer{}}, {Relu{}}}, "add"};
  expect_numbers(outputs_of(three, {3}, {-1, 2, 0}), {-1, 6, 0});
}

TEST(Branches, NameTheirLayersByTheirPlace) {
  const Built net({Branches{Bodies{{Dense{.out = 1, .bias = false}},
                                   {Relu{}, Dense{.out = 2, .bias = false}}}}},
                  {3}, 1);
  EXPECT_EQ(net.names(true), (Names{"layers.0.bodies.0.0.weight", "layers.0.bodies.1.1.weight"}));
  EXPECT_EQ(net.y.shape(), Shape({1, 3}));
}

TEST(Branches, RefuseShapesThatDoNotFit) {
  const Branches narrow{Bodies{{Dense{.out = 1}}, {Dense{.out = 2}}}, "add"};
  expect_error([&] { Built({narrow}, {3}, 1); },
               "layers.0 (branches): branch 0 makes shape [1] and branch 1 makes [2]; to add them, "
               "both must be equal");
  const Branches flat{Bodies{{IdentityLayer{}}, {IdentityLayer{}}, {Flatten{}}}};
  expect_error(
      [&] {
        Built({flat}, {2, 3}, 1);
      },
      "branch 0 makes shape [2, 3] and branch 2 makes [6]; to concat them, all but the "
      "channels must be equal");
}

TEST(Branches, RefuseToBeEmpty) {
  expect_error([] { Built({Branches{}}, {3}, 1); },
               "layers.0 (branches): branches.bodies is empty: give it at least one list");
  expect_error(
      [] {
        Built({Branches{Bodies{{Relu{}}, {}}}}, {3}, 1);
      },
      "branches.bodies[1] is empty: take identity to pass the input on");
}

TEST(Branches, AreReadAsListsOfLists) {
  Setting table{Setting::Table{}};
  table["branches"] = Setting::List{Setting::List{"relu"}, Setting::List{"identity", "tanh"}};
  EXPECT_EQ(Layer::read(table), Layer(Branches{Bodies{{Relu{}}, {IdentityLayer{}, Tanh{}}}}));
}

}  // namespace goodfit
