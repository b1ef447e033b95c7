#include "goodfit/train/trainer/pieces.hpp"

#include <algorithm>

namespace goodfit {
namespace {

// Numbers of a piece. Two halves at least, if it is worth it, in whole cache lines.
Size width_of(const Weight& weight) {
  constexpr Size line = 16, most = 16384, small = 4096;
  const Size half = ((weight.count + 1) / 2 + line - 1) / line * line;
  const Size width = weight.count <= small ? weight.count : std::min(most, half);
  return std::max(weight.whole, width / weight.whole * weight.whole);
}

}  // namespace

std::vector<Piece> pieces_of(const std::vector<Weight>& weights) {
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Size width = width_of(weights[i]), count = weights[i].count;
    for (Size begin = 0; begin < count; begin += width)
      pieces.push_back({i, begin, std::min(width, count - begin)});
  }
  const auto place = [&](const Piece& piece) {
    return (double(piece.begin) + double(piece.count) / 2) / double(weights[piece.weight].count);
  };
  std::stable_sort(pieces.begin(), pieces.end(),
                   [&](const Piece& a, const Piece& b) { return place(a) < place(b); });
  return pieces;
}

}  // namespace goodfit
