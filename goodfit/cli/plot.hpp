// Plot: curves as lines of text, for people at a terminal.
#pragma once
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "goodfit/cli/terminal.hpp"

namespace goodfit {

struct PlottedCurve {
  std::string mark;  // one character, which its points are drawn with
  std::vector<double> x, y;
};
struct Axes {
  bool log_x = false;
  int height = 12;
  double highest = INFINITY;                               // what lies above is left out
  std::vector<std::pair<double, std::string>> marks = {};  // below the axis, one character each
};

// All curves in one frame, the first in front; points that are no numbers are left out.
std::string plot_text(const std::vector<PlottedCurve>& curves, const Axes& axes,
                      const Terminal& terminal);

}  // namespace goodfit
