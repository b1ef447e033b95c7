// Fitted: a picture brought to another height and width.
//
//   crop      the side that is relatively shorter becomes as wanted, the middle of the other stays
//   stretch   both sides become as wanted, whatever becomes of the proportions
//   pad       the whole picture as large as it fits, in the middle, on black
//
//   y[i] = Σ_j w_ij x[j],  w_ij ∝ max(0, 1 − |j + ½ − (i + ½) s| / max(1, s))
//   s = old extent / new extent; along lines, then along columns, each to whole numbers
//
// A triangle that widens as the picture shrinks, so that each old pixel counts. Source: Pillow,
// Image.resize with BILINEAR, bit for bit; crop is Resize and CenterCrop of torchvision, pad is
// ImageOps.pad.
#pragma once
#include <string_view>

#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {

// `fit` is "crop", "stretch" or "pad"; the extents are at least 1.
Picture fitted(Picture picture, Size height, Size width, std::string_view fit);

}  // namespace goodfit
