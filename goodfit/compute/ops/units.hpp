// Units: where the numbers of each unit lie in a weight, for ops that treat units alone.
//
//   dense, conv        [units, rest…]                      a unit is a row
//   conv_transpose     [groups · inputs, units, taps…]     a unit is a stripe of each input's row
//
// A tile of such an op is some units, so that no unit is cut.
#pragma once
#include "goodfit/base/text.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

struct Units {
  Size groups = 1, inputs = 1, units = 1, taps = 1;

  static Units rows_of(const Shape& weight) {
    return {.units = weight.front(), .taps = weight.row()};
  }
  // A weight [in, out / groups, taps…] of a transposed convolution.
  static Units columns_of(const Shape& weight, Size groups) {
    const Size units = weight[1];
    return {groups, weight.front() / groups, units, weight.row() / units};
  }

  // The shape of one number for each unit beside a weight: 1 along the other axes.
  Shape lengths(const Shape& weight) const {
    Shape made = weight;
    for (Size axis = 0; axis < made.rank(); ++axis) made[axis] = 1;
    const bool rows = groups == 1 && inputs == 1 && units == weight.front();
    made[0] = rows ? units : groups;
    if (!rows) made[1] = units;
    return made;
  }
  Size count() const { return groups * units; }
  Size width() const { return inputs * taps; }
  // Calls fn(i) for the index i of each number of a unit, in the order of memory.
  template <class Fn>
  void each(Size unit, Fn fn) const {
    const Size group = unit / units, own = unit % units;
    for (Size input = 0; input < inputs; ++input) {
      const Size first = ((group * inputs + input) * units + own) * taps;
      for (Size tap = 0; tap < taps; ++tap) fn(first + tap);
    }
  }
  std::string text() const { return formatted("units={}x{}x{}x{}", groups, inputs, units, taps); }
};

// The first of its inputs is a weight, and so is its output.
template <class Self>
struct UnitsOp : PlainOp<Self> {
  explicit UnitsOp(const Units& of) : u(of) {}
  Units u;
  std::string settings() const override { return u.text(); }
  Shape shape(const Shapes& in) const override { return in[0]; }
  Spread spread(bool, const Shape&) const override { return Spread::tiles; }
  Cut cut(const Shapes&, const Shape&) const override {
    return {u.count(), std::max<Size>(1, Op::tile / u.width())};
  }
};

}  // namespace goodfit
