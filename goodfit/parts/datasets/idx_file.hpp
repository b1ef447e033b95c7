// IDX file: an array of numbers with its shape, as MNIST is published.
//
//   0  0  type  rank  |  rank × extent, 32 bits  |  the values, row by row      all big-endian
//   type: 08 ubyte, 09 byte, 0B short, 0C int, 0D float, 0E double
//
// Source: LeCun, Cortes, Burges 1998, "The MNIST database", section "file formats".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

struct IdxFile {
  Shape shape;                // of rank 1 to 4
  std::vector<float> values;  // [shape...]
  bool whole = false;         // they are whole numbers, by their type
};

// Throws Error, which begins with `name`, unless the bytes are exactly what their header says.
IdxFile read_idx(std::string_view bytes, const std::string& name);

}  // namespace goodfit
