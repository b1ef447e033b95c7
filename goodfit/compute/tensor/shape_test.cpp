#include "goodfit/compute/tensor/shape.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace goodfit {

TEST(Shape, CountsItsElements) {
  EXPECT_EQ(Shape({32, 4, 10}).count(), 1280);
  EXPECT_EQ(Shape({32, 4, 10}).row(), 40);
  EXPECT_EQ(Shape({7}).row(), 1);
  EXPECT_EQ(Shape({3, 0}).count(), 0);
}

TEST(Shape, OfAScalarHasNoAxes) {
  const Shape scalar;
  EXPECT_EQ(scalar.rank(), 0);
  EXPECT_EQ(scalar.count(), 1);
  EXPECT_EQ(scalar.row(), 1);
  EXPECT_EQ(scalar.front(), 1);
  EXPECT_EQ(scalar.back(), 1);
  EXPECT_EQ(scalar.text(), "[]");
}

TEST(Shape, GrowsAndShrinksAtTheFront) {
  const Shape image{28, 20, 3};
  EXPECT_EQ(image.with_first(5), Shape({5, 28, 20, 3}));
  EXPECT_EQ(image.without_first(), Shape({20, 3}));
  EXPECT_EQ(image.with_first(5).without_first(), image);
  EXPECT_EQ(image.front(), 28);
  EXPECT_EQ(image.back(), 3);
}

TEST(Shape, IsWrittenAsAList) { EXPECT_EQ(Shape({32, 10}).text(), "[32, 10]"); }

TEST(Shape, DiffersByExtentAndByRank) {
  EXPECT_NE(Shape({2, 3}), Shape({3, 2}));
  EXPECT_NE(Shape({2}), Shape({2, 1}));
  EXPECT_EQ(Shape({2, 3, 4}).without_first(), Shape({3, 4})) << "what was dropped does not count";
}

TEST(Shape, HasAtMostSixAxes) {
  Shape full{1, 2, 3, 4, 5, 6};
  EXPECT_THROW(full.push(7), std::logic_error);
  EXPECT_THROW(full.with_first(7), std::logic_error);
}

}  // namespace goodfit
