// Examples of the ops that normalize.
#pragma once
#include "goodfit/compute/ops/batch_norm.hpp"
#include "goodfit/compute/ops/batch_renorm.hpp"
#include "goodfit/compute/ops/examples_testing.hpp"
#include "goodfit/compute/ops/ghost_batch_norm.hpp"
#include "goodfit/compute/ops/group_norm.hpp"
#include "goodfit/compute/ops/layer_norm.hpp"
#include "goodfit/compute/ops/local_response_norm.hpp"
#include "goodfit/compute/ops/max_row.hpp"
#include "goodfit/compute/ops/switchable_norm.hpp"

namespace goodfit {

inline const std::vector<double> positive{0.5, 2, 1, 1.5, 0.25};

inline Value normed(Draftsman& d, const Shape& sample, bool frozen) {
  const Value x = d.x(sample);
  const Size channels = sample.back();
  const Value statistics = frozen ? normalizer(d.graph.buffer({channels}, "mean"),
                                               d.graph.buffer({channels}, "variance"), 1e-2)
                                  : normalizer(batch_statistics(x, channels), 1e-2);
  return batch_norm(x, statistics, d.w({channels}, "gamma"), d.w({channels}, "beta"), frozen);
}

inline Value layer_normed(Draftsman& d, const Shape& sample) {
  const Value x = d.x(sample), gamma = d.w({sample.back()}, "gamma");
  return layer_norm(x, gamma, d.w({sample.back()}, "beta"), 1e-2);
}

inline Value group_normed(Draftsman& d, const Shape& sample, const Norming& how) {
  const Value x = d.x(sample), gamma = d.w({sample.back()}, "gamma");
  return group_norm(x, gamma, d.w({sample.back()}, "beta"), how);
}

inline Value renormed(Draftsman& d, const Shape& sample) {
  const Value x = d.x(sample);
  const Shape row{sample.back()};
  const Value fixed = d.graph.buffer({2, sample.back()}, "fixed");
  const Value gamma = scaled_row(d.w(row, "gamma"), fixed, 0);
  const Value beta = add(scaled_row(gamma, fixed, 1), d.w(row, "beta"));
  return batch_norm(x, normalizer(batch_statistics(x, sample.back()), 1e-2), gamma, beta, false);
}

inline Value ghost_normed(Draftsman& d, const Shape& sample, Size size) {
  const Value x = d.x(sample), gamma = d.w({sample.back()}, "gamma");
  const Ghosts ghosts{size, positions_of(x, sample.back()), d.graph.shard_rows()};
  return ghost_batch_norm(x, ghost_statistics(x, ghosts, 1e-2), gamma, d.w({sample.back()}, "beta"),
                          ghosts);
}

inline Value switchable_normed(Draftsman& d, const Shape& sample) {
  const Value x = d.x(sample), moments = instance_moments(x), mean = d.w({3}, "mean");
  const Value batch = moments_of_batch(moments, positions_of(x, sample.back()));
  const Value variance = d.w({3}, "variance"), gamma = d.w({sample.back()}, "gamma");
  return switchable_norm(x, moments, batch, mean, variance, gamma, d.w({sample.back()}, "beta"),
                         1e-2);
}

inline const std::vector<Example>& norm_examples() {
  static const std::vector<Example> all{
      {"batch_norm", "of images",
       [](auto& d) {
         return normed(d, {2, 2, 3}, false);
       }},
      {"batch_norm", "train", [](auto& d) { return normed(d, {4}, false); }},
      {"batch_norm", "positions",
       [](auto& d) {
         return normed(d, {2, 4}, false);
       }},
      {"batch_norm",
       "frozen",
       [](auto& d) { return normed(d, {5}, true); },
       {{"variance", positive}}},
      {"batch_renorm", "",
       [](auto& d) {
         return renormed(d, {2, 3});
       }},
      {"ghost_batch_norm", "of parts of shards",
       [](auto& d) {
         return ghost_normed(d, {2, 2}, 1);
       }},
      {"ghost_batch_norm", "of a shard", [](auto& d) { return ghost_normed(d, {3}, 3); }},
      {"ghost_batch_norm", "of shards", [](auto& d) { return ghost_normed(d, {2}, 6); }},
      {"group_norm", "of images",
       [](auto& d) {
         return group_normed(d, {2, 3, 4}, {.eps = 1e-2, .groups = 2});
       }},
      {"group_norm", "of each channel",
       [](auto& d) {
         return group_normed(d, {5, 3}, {.eps = 1e-2, .groups = 3});
       }},
      {"group_norm", "of one position",
       [](auto& d) { return group_normed(d, {6}, {.eps = 1e-2, .groups = 2}); }},
      {"group_norm", "not centred",
       [](auto& d) {
         return group_normed(d, {3, 4}, {.eps = 1e-2, .groups = 2, .centred = false});
       }},
      {"group_norm", "of rows, not centred",
       [](auto& d) {
         return group_normed(d, {2, 4}, {.eps = 1e-2, .each_position = true, .centred = false});
       }},
      {"layer_norm", "", [](auto& d) { return layer_normed(d, {5}); }},
      {"layer_norm", "of positions",
       [](auto& d) {
         return layer_normed(d, {2, 3});
       }},
      {"local_response_norm", "of odd size",
       [](auto& d) {
         return local_response_norm(d.x({2, 6}), {.size = 3, .alpha = 0.7, .beta = 0.6, .k = 1.5});
       }},
      {"local_response_norm", "of even size",
       [](auto& d) {
         return local_response_norm(d.x({5}), {.size = 4, .alpha = 2, .beta = 1.5, .k = 0.5});
       }},
      {"max_row", "",
       [](auto& d) {
         return max_row(d.x({2, 3}), d.w({3}));
       }},
      {"statistics",
       "standardized",
       [](auto& d) {
         const Value mean = d.graph.buffer({5}, "mean"), deviation = d.graph.buffer({5}, "std");
         const Value one = d.graph.constant({5}, 1), none = d.graph.constant({5}, 0);
         return batch_norm(d.x({5}), normalizer_of_deviation(mean, deviation), one, none, true);
       },
       {{"std", positive}}},
      {"switchable_norm", "",
       [](auto& d) {
         return switchable_normed(d, {2, 2, 3});
       }},
  };
  return all;
}

}  // namespace goodfit
