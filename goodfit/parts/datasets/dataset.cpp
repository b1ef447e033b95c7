#include "goodfit/parts/datasets/dataset.hpp"

#include "goodfit/parts/datasets/read_ahead.hpp"

namespace goodfit {

Size Samples::count() const {
  if (reader) return reader->count();
  return shape.count() == 0 ? 0 : Size(features.size()) / shape.count();
}

}  // namespace goodfit
