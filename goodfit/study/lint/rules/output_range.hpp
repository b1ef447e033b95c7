// OutputRange: a last activation that cannot reach the targets.
//
//   sigmoid, softmax, hard_sigmoid 0 … 1    tanh, softsign −1 … 1    relu, softplus 0 …    relu6 0
//   … 6
//
// For losses of numbers. What the targets are is read from the data. Source: the ranges of the
// functions.
#pragma once
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct OutputRange {
  static constexpr Card card{"output_range", "The last activation cannot reach all targets."};

  static Findings look(const Subject& subject) {
    const Chain& layers = subject.model();
    if (layers.empty() || !subject.train || subject.recipe.loss.meaning() != Meaning::numbers)
      return {};
    const Placed& last = layers.back();
    const double low = last.is({"tanh", "softsign"}) ? -1 : 0;
    double high = std::numeric_limits<double>::infinity();
    if (last.is({"sigmoid", "hard_sigmoid", "softmax", "tanh", "softsign"})) high = 1;
    if (last.is({"relu6"})) high = 6;
    if (!std::isfinite(high) && !last.is({"relu", "softplus"})) return {};
    const Samples& samples = *subject.train->samples;
    const auto [least, most] = std::minmax_element(samples.targets.begin(), samples.targets.end());
    if (least == samples.targets.end() || (*least >= low && *most <= high)) return {};
    return {{last.place(),
             fmt::format("it gives {:g} … {}, but targets lie in {:g} … {:g}", low,
                         std::isfinite(high) ? fmt::format("{:g}", high) : "", *least, *most),
             "remove this layer, or scale the targets"}};
  }
};

}  // namespace goodfit
