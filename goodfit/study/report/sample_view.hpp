// SampleView: a sample as people can look at it: a picture where it is one, else its features that
// are furthest from usual.
#pragma once
#include "goodfit/study/report/content.hpp"
#include "goodfit/study/report/run_view.hpp"

namespace goodfit {

// Whether samples can be drawn: they have axes, or are unnamed numbers that fill a square of at
// least 8 × 8.
bool are_pictures(const RunView::Known& known);

// Pictures of rows of a portion, on one scale from the smallest number to the largest.
std::vector<Picture> pictures_of(const Portion& portion, const std::vector<Size>& rows);

// "x4 = 9.93 (+2.1 σ), x1 = 0.01 (−1.7 σ)": in deviations of the training samples, `most` of them.
std::string unusual_features(const RunView::Known& known, const Portion& portion, Size row,
                             std::size_t most);

}  // namespace goodfit
