#include "goodfit/parts/layers/reshape.hpp"

#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

TEST(Reshape, KeepsTheNumbersInTheirOrder) {
  Built net({Reshape{{3, 2}}}, {6}, 2);
  EXPECT_EQ(net.y.shape(), Shape({2, 3, 2}));
  expect_numbers(net.run({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}),
                 {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
}

TEST(Reshape, FindsTheExtentThatIsLeftOver) {
  EXPECT_EQ(Built({Reshape{{2, -1, 1}}}, {2, 6}, 1).y.shape(), Shape({1, 2, 6, 1}));
  EXPECT_EQ(Built({Reshape{}}, {2, 3}, 1).y.shape(), Shape({1, 6}));
}

TEST(Reshape, RefusesWhatDoesNotHoldTheNumbers) {
  for (const std::vector<Size>& shape : {std::vector<Size>{4}, {4, -1}, {7, -1}, {3, 3}})
    expect_error(
        [&] {
          Built({Reshape{shape}}, {2, 3}, 1);
        },
        "does not hold the 6 numbers of a sample of shape [2, 3]");
  expect_error([] { Built({Reshape{{-1, 1LL << 40, 1LL << 40}}}, {6}, 1); }, "layers.0 (reshape)");
}

TEST(Reshape, RefusesShapesThatCannotBe) {
  expect_error([] { Layer(Reshape{{-1, -1}}); }, "reshape: only one extent may be -1");
  expect_error([] { Layer(Reshape{{2, 0}}); }, "reshape: an extent of 0 leaves no numbers");
  expect_error([] { Layer(Reshape{{}}); },
               "reshape: a shape of 0 extents is not allowed: must have 1 to 5");
  expect_error([] { Layer(Reshape{{1, 1, 1, 1, 1, 1}}); }, "a shape of 6 extents");
}

TEST(Reshape, IsWrittenInShortAsALine) {
  Setting shape{Setting::Table{}};
  shape["reshape"] = Setting::List{2, -1};
  EXPECT_EQ(Layer::read(shape), Layer(Reshape{{2, -1}}));
}

}  // namespace goodfit
