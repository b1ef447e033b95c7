// UnscaledInputs: inputs far from deviation 1, or features of very different scale, with nothing
// that normalizes them before the first weights.
//
//   √E x² outside 0.1 … 3          or the widest range more than 10 times the median one
//
// Weights are initialized for inputs of mean 0 and deviation 1; the curvature of the loss grows
// with the square of an input, so that one large feature forces a small lr on all. Read from the
// data; only where dense or convolution layers see it first. Source: LeCun, Bottou, Orr & Müller
// 1998, "Efficient BackProp", section 4.3; the borders are ours.
#pragma once
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct UnscaledInputs {
  static constexpr Card card{"unscaled_inputs", "Inputs of wild scale slow all weights down."};

  static Findings look(const Subject& subject) {
    if (!subject.train) return {};
    for (const Placed& layer : subject.model()) {
      if (normalizes(layer) || layer.is({"standardize", "table_inputs"})) return {};
      if (layer.layer.signal() != Signal::weights) continue;
      if (!layer.is({"dense", "conv1d", "conv2d", "conv_transpose2d"})) return {};
      const Scale is = scale_of(*subject.train);
      const char* advice = "begin the model with standardize";
      if (is.size > 3 || (is.size < 0.1 && is.size > 0))
        return {{layer.place(), fmt::format("its inputs have size {:.3g} instead of 1", is.size),
                 advice}};
      if (is.widest > 10 * is.median)
        return {
            {layer.place(),
             fmt::format("one of its inputs goes over a range of {:.3g}, half of them over less "
                         "than {:.3g}",
                         is.widest, is.median),
             advice}};
      return {};
    }
    return {};
  }

 private:
  struct Scale {
    double size = 0, widest = 0, median = 0;
  };
  static Scale scale_of(const Portion& portion) {
    const auto width = std::size_t(portion.samples->shape.count());
    Portion some = portion;
    some.rows.resize(std::min<std::size_t>(some.rows.size(), 4096));  // are enough
    std::vector<float> low(width, std::numeric_limits<float>::infinity()), high(width, -low[0]);
    double squares = 0;
    some.each([&](ConstSpan x) {
      for (std::size_t j = 0; j < width; ++j) {
        squares += double(x[j]) * x[j];
        low[j] = std::min(low[j], x[j]);
        high[j] = std::max(high[j], x[j]);
      }
    });
    std::vector<double> ranges;
    for (std::size_t j = 0; j < width; ++j)
      if (high[j] > low[j]) ranges.push_back(double(high[j]) - low[j]);
    if (ranges.empty()) return {};
    std::sort(ranges.begin(), ranges.end());
    return {std::sqrt(squares / double(some.rows.size() * width)), ranges.back(),
            ranges[ranges.size() / 2]};
  }
};

}  // namespace goodfit
