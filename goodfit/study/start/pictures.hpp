// Pictures: from a folder with a folder of pictures for each class to a recipe.
//
// All are brought to one size, the middle one of those found, made smaller until its longer side
// has 64 pixels; they are gray when all are. The network has blocks of a convolution, a batch norm
// and a pooling until about four pixels a side are left. What is trained on is moved by a tenth of
// a side and, in color, mirrored: photographs bear it, letters do not.
#pragma once
#include "goodfit/study/start/start.hpp"

namespace goodfit {

Start start_of_pictures(const std::string& path, const StartOptions& options);

}  // namespace goodfit
