// LrOutOfRange: a highest lr beyond what the optimizer can use.
//
//   sgd, nag                                          1e-6 … 1
//   rmsprop, adam, adamw, amsgrad, adamax, nadam, radam   1e-6 … 1e-2
//   lion                                              1e-6 … 3e-3
//
// An optimizer of Adam's kind moves each weight by about the lr at every step, whatever the
// gradient, and weights of a layer of n inputs are of size 1/√n: 0.1 for 100. With sgd the lr
// multiplies the gradient, and for inputs of deviation 1 useful values lie below 1. Lion's steps
// are as long as the lr, always. The highest lr of the schedule counts. Source: Kingma & Ba 2015,
// arXiv:1412.6980, section 2.1; Bengio 2012, arXiv:1206.5533, section 3.1.1; Chen et al. 2023,
// arXiv:2302.06675, section 5.
#pragma once
#include <fmt/core.h>

#include <algorithm>

#include "goodfit/parts/schedules/auto.hpp"
#include "goodfit/study/lint/subject.hpp"

namespace goodfit {

struct LrOutOfRange {
  static constexpr Card card{"lr_out_of_range", "The lr is beyond what the optimizer can use."};

  static Findings look(const Subject& subject) {
    if (subject.recipe.lr.as<Auto>()) return {};  // a range test will say
    const std::string& optimizer = *subject.optimizer.find("type")->text();
    double high = 0;
    for (const std::string_view like :
         {"rmsprop", "adam", "adamw", "amsgrad", "adamax", "nadam", "radam"})
      if (optimizer == like) high = 1e-2;
    if (optimizer == "sgd" || optimizer == "nag") high = 1;
    if (optimizer == "lion") high = 3e-3;
    if (high == 0) return {};
    const std::vector<double> lrs = subject.lrs();
    const double most = *std::max_element(lrs.begin(), lrs.end());
    // A schedule that names 1e-2 may come to a little more by rounding.
    if (most > high * 1.000001)
      return {{"lr",
               fmt::format("{:.3g} is more than {} can use ({:g} at most)", most, optimizer, high),
               fmt::format("begin with {:g}", high / 10)}};
    if (most < 1e-6)
      return {{"lr", fmt::format("{:.3g} is too little for {} to get anywhere", most, optimizer),
               fmt::format("begin with {:g}", high / 10)}};
    return {};
  }
};

}  // namespace goodfit
