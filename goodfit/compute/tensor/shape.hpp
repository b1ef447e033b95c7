// Shape: the extents of a tensor, outermost first, at most six of them; channels come last.
#pragma once
#include <array>
#include <initializer_list>
#include <string>

#include "goodfit/base/size.hpp"

namespace goodfit {

class Shape {
 public:
  static constexpr int max_rank = 6;

  constexpr Shape() = default;  // a scalar
  Shape(std::initializer_list<Size> extents) {
    for (const Size extent : extents) push(extent);
  }

  constexpr int rank() const { return rank_; }
  constexpr Size operator[](int axis) const { return extents_[std::size_t(axis)]; }
  constexpr Size& operator[](int axis) { return extents_[std::size_t(axis)]; }
  constexpr Size front() const { return rank_ == 0 ? 1 : extents_[0]; }
  constexpr Size back() const { return rank_ == 0 ? 1 : extents_[std::size_t(rank_ - 1)]; }
  constexpr const Size* begin() const { return extents_.data(); }
  constexpr const Size* end() const { return extents_.data() + rank_; }

  constexpr Size count() const { return count_from(0); }  // elements in all
  // Elements below the first axis: what one sample of a batch holds.
  constexpr Size row() const { return count_from(1); }

  void push(Size extent);  // throws std::logic_error beyond max_rank
  constexpr Shape without_first() const {
    Shape rest;
    for (int axis = 1; axis < rank_; ++axis)
      rest.extents_[std::size_t(rest.rank_++)] = (*this)[axis];
    return rest;
  }
  Shape with_first(Size extent) const;  // a new outermost axis
  std::string text() const;             // "[32, 10]"

  friend constexpr bool operator==(const Shape&, const Shape&) = default;

 private:
  constexpr Size count_from(int axis) const {
    Size product = 1;
    for (; axis < rank_; ++axis) product *= (*this)[axis];
    return product;
  }
  std::array<Size, max_rank> extents_{};
  int rank_ = 0;
};

}  // namespace goodfit
