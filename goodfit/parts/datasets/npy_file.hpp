// NPY file: an array of numbers with its shape, as NumPy saves it.
//
//   \x93NUMPY  major  minor  | length of the header | {'descr': '<f4', 'fortran_order': False,
//   'shape': (3, 4), }       | the values, row by row
//
// Versions 1 to 3. Numbers are little-endian: floats of 2, 4 and 8 bytes, integers of 1 to 8 bytes
// with and without a sign, and bool. Source: NumPy, numpy.lib.format.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

struct NpyFile {
  Shape shape;
  std::vector<float> values;  // [shape...]
};

// Throws Error, which begins with `name`, unless the bytes are exactly what their header says.
NpyFile read_npy(std::string_view bytes, const std::string& name);

}  // namespace goodfit
