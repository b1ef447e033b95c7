#include "goodfit/study/report/sample_view.hpp"

#include "goodfit/study/report/panels/testing.hpp"

namespace goodfit {
namespace {

RunView::Known known_of(const Shape& shape, std::vector<float> features, Names names = {}) {
  RunView::Known known;
  known.data.train.shape = shape;
  known.data.train.features = std::move(features);
  known.data.train.targets.assign(known.data.train.features.size() / std::size_t(shape.count()), 0);
  known.data.features = std::move(names);
  return known;
}

}  // namespace

TEST(SampleView, PicturesHaveAxesOrAreUnnamedSquares) {
  EXPECT_TRUE(are_pictures(known_of({28, 28, 1}, {})));
  EXPECT_TRUE(are_pictures(known_of({32, 32, 3}, {})));
  EXPECT_TRUE(are_pictures(known_of({64}, {})));
  EXPECT_FALSE(are_pictures(known_of({64}, {}, Names(64, "x"))));
  EXPECT_FALSE(are_pictures(known_of({9}, {}))) << "more likely a table";
  EXPECT_FALSE(are_pictures(known_of({10}, {})));
  EXPECT_FALSE(are_pictures(known_of({20, 4}, {}))) << "a sequence";
}

TEST(SampleView, PicturesShareOneScale) {
  const auto known = known_of({1, 2, 1}, {0, 1, /**/ 9, 9, /**/ 2, 4});
  const auto pictures = pictures_of(whole(known.data.train), {0, 2});
  using Pixels = std::vector<unsigned char>;
  EXPECT_EQ(pictures[0].pixels, (Pixels{0, 64}));
  EXPECT_EQ(pictures[1].pixels, (Pixels{128, 255}));
}

TEST(SampleView, FeaturesFurthestFromUsualComeFirst) {
  auto known = known_of({2}, {0, 5, 2, 5, 0, 5, 2, 9}, {"a", "b"});
  known.portions.train = whole(known.data.train);
  EXPECT_EQ(unusual_features(known, known.portions.train, 3, 2), "b = 9 (+1.7 σ), a = 2 (+1.0 σ)");
  EXPECT_EQ(unusual_features(known, known.portions.train, 0, 1), "a = 0 (-1.0 σ)");
}

}  // namespace goodfit
