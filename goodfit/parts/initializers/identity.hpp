// Identity: each unit passes one input on.
//
//   dense          w[i, j] = gain  when i = j,  else 0
//   convolution    w[i, c, tap] = gain  when i = c and the tap is the kernel's middle,  else 0;
//                  in each group, where units i and channels c are counted from its own first
//
// Units beyond the inputs start at 0, inputs beyond the units are not heard. For weights of
// recurrent and of very deep nets, so that the signal passes unchanged at the start.
// Source: Le, Jaitly & Hinton 2015, "A Simple Way to Initialize Recurrent Networks of Rectified
// Linear Units", arXiv:1504.00941, section 3; PyTorch's eye_ and dirac_.
#pragma once
#include <algorithm>

#include "goodfit/parts/initializers/initializer.hpp"

namespace goodfit {

struct Identity {
  double gain = 1;

  static constexpr Card card{"identity", "Each unit passes one input on."};
  static constexpr auto fields() {
    return Fields{field("gain", &Identity::gain, any_number, "factor of what is passed on")};
  }

  void fill(Span w, const Fan& fan, Random&) const {
    std::fill(w.begin(), w.end(), 0.0f);
    const Size units = Size(w.size()) / fan.in / fan.groups;  // of one group
    for (Size group = 0; group < fan.groups; ++group)
      for (Size i = 0; i < std::min(units, fan.in / fan.taps); ++i)
        w[std::size_t((group * units + i) * fan.in + i * fan.taps + fan.centre)] = float(gain);
  }
};

}  // namespace goodfit
