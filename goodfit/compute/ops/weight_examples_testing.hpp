// Examples of the ops that make weights of other weights, for the laws of laws_test.cpp.
#pragma once
#include "goodfit/compute/ops/drop_weights.hpp"
#include "goodfit/compute/ops/examples_testing.hpp"
#include "goodfit/compute/ops/scale_units.hpp"
#include "goodfit/compute/ops/spectral.hpp"
#include "goodfit/compute/ops/standardize_units.hpp"

namespace goodfit {

inline const std::vector<double> distinct{1, 0.5, 0.25, 2, 0.75, 1.5, 3, 0.1, 0.2, 0.3, 1.2, 0.9};

inline const std::vector<Example>& weight_examples() {
  static const std::vector<Example> all{
      {"drop_weights", "",
       [](auto& d) {
         return drop_weights(d.w({5, 3}), 0.4, 3);
       }},
      {"scale_units", "of rows",
       [](auto& d) {
         return scale_units(d.w({3, 2, 2}, "v"), d.w({3}, "g"), Units::rows_of({3, 2, 2}));
       }},
      {"scale_units", "of columns",
       [](auto& d) {
         const Value v = d.w({4, 3, 2}, "v"), g = d.w({2, 3}, "g");
         return scale_units(v, g, Units::columns_of(v.shape(), 2));
       }},
      {"standardize_units", "of rows",
       [](auto& d) {
         return standardize_units(d.w({3, 2, 2}), Units::rows_of({3, 2, 2}), 0.1);
       }},
      {"standardize_units", "of columns",
       [](auto& d) {
         return standardize_units(d.w({4, 3, 2}), Units::columns_of({4, 3, 2}, 2), 0.1);
       }},
      {"spectral",
       "",
       [](auto& d) {
         const Value w = d.w({3, 4}), u = d.graph.buffer({3}, "u"), v = d.graph.buffer({4}, "v");
         return divide_weight(w, singular_value(w, u, v, Units::rows_of({3, 4})));
       },
       {{"u", {0.5, 1, 0.25}}, {"v", {1, 0.5, 0.75, 2}}, {"w", distinct}}},
  };
  return all;
}

}  // namespace goodfit
