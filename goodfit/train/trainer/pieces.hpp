// Pieces: weights cut up for the threads that move them.
#pragma once
#include <vector>

#include "goodfit/base/size.hpp"

namespace goodfit {

struct Weight {
  Size count = 0;
  Size whole = 1;  // numbers that stay together, from the first on
};

struct Piece {
  std::size_t weight = 0;  // its place in the list
  Size begin = 0, count = 0;
};

// Of all weights, by the place of their middle in their weight. Threads take units from both ends
// (threads.hpp): so the one that makes the upper half of a gradient and packs the upper half of a
// weight moves it as well, and finds all three in its cache.
std::vector<Piece> pieces_of(const std::vector<Weight>& weights);

}  // namespace goodfit
