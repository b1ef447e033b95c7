// Shift text: what a shift is told with, on a terminal and in a report.
#pragma once
#include "goodfit/study/shift/shift.hpp"

namespace goodfit {

std::string p_text(double p);
// "; 3 of 20 outside 1 … 9, farthest 80; 2 of 20 have values that are new, such as Rome"
std::string extremes_text(const FeatureShift& one, Size rows);
// "; by area, rooms": what a network tells old from new by.
std::string by_text(const Joint& joint);
// "a network ranks a new row above an old one in …"
std::string joint_text(const Joint& joint);

// Of new samples: a line for each of the features that differ most, nothing where none does.
std::vector<std::string> shift_lines(const Shift& shift, std::size_t most = 3);

}  // namespace goodfit
