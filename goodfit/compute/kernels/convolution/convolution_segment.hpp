// Segment: outputs of one axis that see the same taps, so that all of a sum moves by fixed strides.
//
//   outputs first, first + down, … (count of them)      taps tap, tap + tap_step, … (taps of them)
//   input   of the first output at the first tap; + up for the next output, + tap_input for the
//   next
//           tap
#pragma once
#include <algorithm>

#include "goodfit/compute/kernels/convolution/convolution.hpp"

namespace goodfit::kernels {

struct Segment {
  Size first, count = 0;
  Size tap = 0, taps = 0, tap_step = 1;
  Size input = 0, tap_input = 0;

  bool same_taps(const Segment& other) const {
    return tap == other.tap && taps == other.taps && tap_step == other.tap_step;
  }
};

// The taps of a single output.
inline Segment taps_of(const ConvolutionAxis& axis, Size output) {
  Segment found{.first = output, .count = 1};
  for (Size r = 0; r < axis.kernel; ++r) {
    const Size input = axis.input(output, r);
    if (input < 0) continue;
    if (found.taps == 0) found.tap = r, found.input = input;
    if (found.taps == 1) found.tap_step = r - found.tap, found.tap_input = input - found.input;
    ++found.taps;
  }
  return found;
}

// Outputs of an axis that a tap meets, the first of which sees `input`.
struct Met {
  Size first, count, input;
};
inline Met outputs_met(const ConvolutionAxis& axis, Size tap, Size begin, Size end) {
  while (begin < end && axis.input(begin, tap) < 0) ++begin;
  while (end > begin && axis.input(end - 1, tap) < 0) --end;
  return {begin, end - begin, begin < end ? axis.input(begin, tap) : 0};
}

// visit(segment) for all segments of outputs [begin, end), in a fixed order.
template <class Visit>
void each_segment(const ConvolutionAxis& axis, Size begin, Size end, const Visit& visit) {
  for (Size start = begin; start < std::min(begin + axis.down, end); ++start) {
    for (Size output = start; output < end;) {
      Segment segment = taps_of(axis, output);
      for (output += axis.down; output < end; output += axis.down, ++segment.count)
        if (!segment.same_taps(taps_of(axis, output))) break;
      visit(segment);
    }
  }
}

}  // namespace goodfit::kernels
