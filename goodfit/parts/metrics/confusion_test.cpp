#include "goodfit/parts/metrics/confusion.hpp"

#include "goodfit/parts/metrics/testing.hpp"

namespace goodfit {

TEST(Confusion, CountsTargetsByRowAndFindsByColumn) {
  Confusion confusion;
  const std::vector<float> outputs{9, 0, 0, /**/ 0, 9, 0, /**/ 0, 0, 9, /**/ 9, 0, 0};
  const std::vector<float> targets{0, 2, 2, 1};
  confusion.add({outputs, targets, 4, 3, 1});
  EXPECT_EQ(confusion.counts, (std::vector<Size>{1, 0, 0, /**/ 1, 0, 0, /**/ 0, 1, 1}));
  EXPECT_EQ(confusion.at(2, 1), 1);
  EXPECT_EQ(confusion.samples_of(2), 2);
  confusion.add({outputs, targets, 4, 3, 1});
  EXPECT_EQ(confusion.counts, (std::vector<Size>{2, 0, 0, /**/ 2, 0, 0, /**/ 0, 2, 2}));
}

TEST(Confusion, OfOneLogitIsOfTwoClasses) {
  Confusion confusion;
  confusion.add({std::vector<float>{3, -1, 2}, std::vector<float>{1, 1, 0}, 3, 1, 1});
  EXPECT_EQ(confusion.counts, (std::vector<Size>{0, 1, 1, 1}));
}

TEST(Confusion, CountsNowhereWhatIsNoNumberOrNoClass) {
  Confusion confusion;
  confusion.add({std::vector<float>{std::nanf(""), 0, 0, 1}, std::vector<float>{0, 7}, 2, 2, 1});
  EXPECT_EQ(confusion.counts, (std::vector<Size>{0, 0, 0, 0}));
}

TEST(Confusion, NeedsOneClassPerSample) {
  const std::vector<float> two{1, 2};
  expect_error(
      [&] {
        Confusion().add({two, two, 1, 2, 2});
      },
      "confusion needs one class per sample, not 2 numbers");
}

}  // namespace goodfit
