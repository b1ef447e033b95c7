// Testing: a dense layer whose weight is parametrized, for the tests beside the parametrizations.
#pragma once
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/testing.hpp"
#include "goodfit/parts/parametrizations/catalogue.hpp"

namespace goodfit {

inline Layer dense_by(const std::vector<Parametrization>& parametrizations, Size out = 3) {
  return Dense{.out = out, .bias = false, .parametrizations = parametrizations};
}

// The weight that the layer uses, as its outputs for the unit vectors show it: [out, in].
inline Numbers weight_in(Built& net, Size in, std::uint32_t step = 0) {
  Numbers units(std::size_t(in * in), 0);
  for (Size i = 0; i < in; ++i) units[std::size_t(i * in + i)] = 1;
  const Numbers columns = net.run(units, 1, step);
  const Size out = Size(columns.size()) / in;
  Numbers rows(columns.size());
  for (Size i = 0; i < in; ++i)
    for (Size o = 0; o < out; ++o)
      rows[std::size_t(o * in + i)] = columns[std::size_t(i * out + o)];
  return rows;
}

}  // namespace goodfit
