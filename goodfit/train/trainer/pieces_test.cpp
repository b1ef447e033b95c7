#include "goodfit/train/trainer/pieces.hpp"

#include <gtest/gtest.h>

namespace goodfit {
namespace {

const std::vector<Weight> weights{{1}, {4096}, {10000}, {784 * 512}, {100000, 100000}, {60000, 7}};

TEST(Pieces, AreAllOfEachWeightOnce) {
  std::vector<std::vector<int>> seen;
  for (const Weight& weight : weights) seen.emplace_back(weight.count);
  for (const Piece& piece : pieces_of(weights))
    for (Size i = 0; i < piece.count; ++i) ++seen[piece.weight][std::size_t(piece.begin + i)];
  for (const std::vector<int>& weight : seen)
    EXPECT_TRUE(std::all_of(weight.begin(), weight.end(), [](int times) { return times == 1; }));
}

TEST(Pieces, KeepTogetherWhatBelongsTogether) {
  for (const Piece& piece : pieces_of(weights)) {
    const Weight& weight = weights[piece.weight];
    EXPECT_EQ(piece.begin % weight.whole, 0);
    if (piece.begin + piece.count < weight.count) {
      EXPECT_EQ(piece.count % weight.whole, 0);
    }
  }
}

TEST(Pieces, BeginOnCacheLinesWhereTheyMay) {
  for (const Piece& piece : pieces_of(weights)) {
    if (weights[piece.weight].whole == 1) {
      EXPECT_EQ(piece.begin % 16, 0);
    }
  }
}

TEST(Pieces, OfAnEarlierHalfComeEarlier) {
  const std::vector<Piece> pieces = pieces_of({{10000}, {20000}, {300000}});
  bool late = false;
  for (const Piece& piece : pieces) {
    const Size count = piece.weight == 0 ? 10000 : piece.weight == 1 ? 20000 : 300000;
    const bool upper = piece.begin + piece.count / 2 > count / 2;
    EXPECT_TRUE(upper || !late);
    late = late || upper;
  }
  EXPECT_EQ(pieces.front().weight, 2u);
  EXPECT_EQ(pieces.back().weight, 2u);
}

TEST(Pieces, OfSmallWeightsAreWhole) { EXPECT_EQ(pieces_of({{4096}, {4097}}).size(), 3u); }

}  // namespace
}  // namespace goodfit
