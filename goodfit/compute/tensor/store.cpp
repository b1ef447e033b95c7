#include "goodfit/compute/tensor/store.hpp"

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/base/machine.hpp"

namespace goodfit {

bool Store::add(const std::string& name, const Shape& shape, bool trained) {
  if (const auto found = index_.find(name); found != index_.end()) {
    must(tensors_[found->second].shape == shape, "one name, two shapes");
    return false;
  }
  constexpr Size line = 16;
  index_[name] = tensors_.size();
  tensors_.push_back({name, shape, trained, Size(floats_.size())});
  const std::size_t end = floats_.size() + std::size_t((shape.count() + line - 1) / line * line);
  if (end > floats_.capacity()) {
    std::vector<float> larger = room_for(std::max(end, 2 * floats_.size()));
    larger = floats_;
    floats_.swap(larger);
  }
  floats_.resize(end, 0.0f);
  return true;
}

Span Store::at(std::string_view name) {
  const auto found = index_.find(name);
  must(found != index_.end(), "no tensor of this name");
  return at(tensors_[found->second]);
}

ConstSpan Store::at(std::string_view name) const { return const_cast<Store*>(this)->at(name); }

Size Store::trained_count() const {
  Size count = 0;
  for (const Stored& stored : tensors_)
    if (stored.trained) count += stored.shape.count();
  return count;
}

}  // namespace goodfit
