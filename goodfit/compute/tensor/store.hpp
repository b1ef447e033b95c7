// Store: the tensors that outlive a step, by name: parameters that are trained and buffers that are
// not.
//
// Each kind lies in one block, so that saving, restoring and averaging all of them is one copy.
// Spans stay valid as long as nothing is added.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

struct Stored {
  std::string name;  // "layers.0.weight"
  Shape shape;
  bool trained = true;
  Size offset = 0;  // in floats, a whole number of cache lines
};

class Store {
 public:
  // True when it is new, and zero; false when it is there already. Throws std::logic_error when it
  // is there with another shape.
  bool add(const std::string& name, const Shape& shape, bool trained);

  bool has(std::string_view name) const { return index_.find(name) != index_.end(); }
  const std::vector<Stored>& tensors() const { return tensors_; }  // in order of adding
  Span at(std::string_view name);  // throws std::logic_error when there is none
  ConstSpan at(std::string_view name) const;
  Span at(const Stored& stored) {
    return Span(floats_).subspan(std::size_t(stored.offset), std::size_t(stored.shape.count()));
  }
  Span all() { return floats_; }
  ConstSpan all() const { return floats_; }
  Size trained_count() const;  // numbers that are trained

 private:
  std::vector<Stored> tensors_;
  std::map<std::string, std::size_t, std::less<>> index_;
  std::vector<float> floats_;
};

}  // namespace goodfit
