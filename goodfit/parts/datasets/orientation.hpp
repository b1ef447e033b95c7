// Orientation: a camera stores a picture as its sensor lay, and notes how to turn it upright.
//
//   number      1    2    3       4       5     6      7       8
//   first row   top  top  bottom  bottom  left  right  right   left
//   first col.  left right right  left    top   top    bottom  bottom
//
// Source: Exif 2.32 (CIPA DC-008-2019), tag 0x0112. Read here and not by a library, as it is one
// number and every program would have to link the library.
#pragma once
#include <string_view>

#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {

// The number in a JPEG file; 1 where none is told, or what tells it is damaged.
int orientation_of(std::string_view jpeg);

// Turned and mirrored so that its first row is on top and its first column at the left.
Picture upright(Picture picture, int orientation);

}  // namespace goodfit
