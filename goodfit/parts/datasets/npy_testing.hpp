// NPY testing: arrays as NumPy saves them, for the tests of what reads them.
#pragma once
#include "goodfit/parts/datasets/zip_testing.hpp"

namespace goodfit {

// `header` as a dictionary of Python, then the bytes of the values.
inline std::string npy_of(const std::string& header, const std::string& values, int version = 1) {
  return "\x93NUMPY" + little(std::size_t(version), 1) + little(0, 1) +
         little(header.size(), version == 1 ? 2 : 4) + header + values;
}
inline std::string npy_header(const std::string& descr, const std::string& shape,
                              const std::string& order = "False") {
  return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }  \n";
}
inline std::string npy_floats(const std::string& shape, const std::vector<float>& values) {
  return npy_of(npy_header("<f4", shape),
                {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
}

}  // namespace goodfit
