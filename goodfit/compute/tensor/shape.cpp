#include "goodfit/compute/tensor/shape.hpp"

#include <fmt/core.h>

#include "goodfit/base/error.hpp"

namespace goodfit {

void Shape::push(Size extent) {
  must(rank_ < max_rank, "a tensor has at most six axes");
  extents_[std::size_t(rank_++)] = extent;
}

Shape Shape::with_first(Size extent) const {
  Shape grown{extent};
  for (const Size inner : *this) grown.push(inner);
  return grown;
}

std::string Shape::text() const { return fmt::format("[{}]", joined({begin(), end()}, ", ")); }

}  // namespace goodfit
