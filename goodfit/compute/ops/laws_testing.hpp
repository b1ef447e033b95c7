// Examples of ops, at least one for each file of this folder, for the laws that all of them obey.
#pragma once
#include "goodfit/compute/graph/add.hpp"
#include "goodfit/compute/ops/absolute_error.hpp"
#include "goodfit/compute/ops/add_sample.hpp"
#include "goodfit/compute/ops/attention.hpp"
#include "goodfit/compute/ops/avg_pool.hpp"
#include "goodfit/compute/ops/batch_penalty.hpp"
#include "goodfit/compute/ops/binary_cross_entropy.hpp"
#include "goodfit/compute/ops/center_units.hpp"
#include "goodfit/compute/ops/concat.hpp"
#include "goodfit/compute/ops/conv2d.hpp"
#include "goodfit/compute/ops/cross_entropy.hpp"
#include "goodfit/compute/ops/dense.hpp"
#include "goodfit/compute/ops/dot.hpp"
#include "goodfit/compute/ops/drop_block.hpp"
#include "goodfit/compute/ops/dropout.hpp"
#include "goodfit/compute/ops/embedding.hpp"
#include "goodfit/compute/ops/examples_testing.hpp"
#include "goodfit/compute/ops/fading_noise.hpp"
#include "goodfit/compute/ops/focal.hpp"
#include "goodfit/compute/ops/gaussian_nll.hpp"
#include "goodfit/compute/ops/glu.hpp"
#include "goodfit/compute/ops/hinge.hpp"
#include "goodfit/compute/ops/huber.hpp"
#include "goodfit/compute/ops/kl_divergence.hpp"
#include "goodfit/compute/ops/max_pool.hpp"
#include "goodfit/compute/ops/mean_positions.hpp"
#include "goodfit/compute/ops/mean_rows.hpp"
#include "goodfit/compute/ops/negative_log_likelihood.hpp"
#include "goodfit/compute/ops/noise.hpp"
#include "goodfit/compute/ops/norm_examples_testing.hpp"
#include "goodfit/compute/ops/orthogonality.hpp"
#include "goodfit/compute/ops/penalty.hpp"
#include "goodfit/compute/ops/pointwise.hpp"
#include "goodfit/compute/ops/prelu.hpp"
#include "goodfit/compute/ops/recurrent_examples_testing.hpp"
#include "goodfit/compute/ops/reshape.hpp"
#include "goodfit/compute/ops/sigmoid.hpp"
#include "goodfit/compute/ops/softmax.hpp"
#include "goodfit/compute/ops/squared_error.hpp"
#include "goodfit/compute/ops/table_inputs.hpp"
#include "goodfit/compute/ops/tanh.hpp"
#include "goodfit/compute/ops/weight_examples_testing.hpp"
#include "goodfit/compute/ops/weighted_cross_entropy.hpp"

namespace goodfit {

inline const std::vector<double> classes{0, 3, 1, 2, 2, 0, 3, 1, 1, 2, 0, 3, 3, 2};
inline const std::vector<double> weights{0.5, 2, 1, 1.5};
inline const std::vector<double> shares{0.5, 0.25, 0.25, 0,   0, 1,   0.125, 0.125, 0.75, 0.5, 0.5,
                                        0,   1,    0,    0.5, 0, 0.5, 0.25,  0.5,   0.25, 0.1};

struct Cube {
  static constexpr std::string_view name = "cube";
  std::string settings() const { return {}; }
  template <class T>
  T value(T x) const {
    return x * x * x;
  }
  template <class T>
  T slope(T x) const {
    return 3 * x * x;
  }
};
// A loss of the index of a class.
template <class Loss>
inline Value of_class(Draftsman& d, const Shape& sample, Loss loss) {
  Shape target = sample;
  target[target.rank() - 1] = 1;
  return loss(d.x(sample), d.graph.target(target, "class"));
}

inline Value entropy(Draftsman& d, const Shape& sample, double smoothing) {
  Shape target = sample;
  target[target.rank() - 1] = 1;
  return cross_entropy(d.x(sample), d.graph.target(target, "class"), smoothing);
}

// Numbers apart from each other: a finite difference must not step over a kink.
std::vector<double> apart(Size count) {
  std::vector<double> numbers;
  for (Size i = 0; i < count; ++i) numbers.push_back(0.01 * double(i * 179 % 509) - 2);
  return numbers;
}

constexpr Window padded{.kernel = 3, .before = 1, .after = 1};
constexpr Window strided{.kernel = 3, .stride = 2, .before = 1, .after = 1};
constexpr Window dilated{.kernel = 2, .stride = 2, .dilation = 2, .after = 1};

inline const std::vector<Example>& examples() {
  static const std::vector<Example> others{
      {"absolute_error", "",
       [](auto& d) { return absolute_error(d.x({3}), d.graph.target({3}, "target")); }},
      {"add_row", "a bias", [](auto& d) { return add_row(d.x({4}), d.w({4})); }},
      {"add_row", "of positions",
       [](auto& d) {
         return add_row(d.x({2, 4}), d.w({4}));
       }},
      {"add_sample", "",
       [](auto& d) {
         return add_sample(tanh(d.x({2, 3})), d.w({2, 3}));
       }},
      {"attention", "",
       [](auto& d) {
         return attention_of(d.x({3, 12}), {.heads = 2});
       }},
      {"attention", "causal",
       [](auto& d) {
         return attention_of(d.x({4, 9}), {.heads = 1, .causal = true});
       }},
      {"avg_pool", "with windows that overlap",
       [](auto& d) {
         return avg_pool(d.x({3, 4, 2}), {strided, {.kernel = 2, .stride = 1}});
       }},
      {"batch_penalty", "of squares",
       [](auto& d) {
         return batch_penalty(d.x({2, 3}), Norm::squares, 0.7);
       }},
      {"batch_penalty", "of magnitudes",
       [](auto& d) { return batch_penalty(d.x({3}), Norm::magnitudes, 0.7); }},
      {"binary_cross_entropy",
       "of positions",
       [](auto& d) {
         return binary_cross_entropy(d.x({1, 3}), d.graph.target({1, 3}, "share"), 1.7);
       },
       {{"share", shares}}},
      {"class_weights",
       "",
       [](auto& d) {
         const Value x = d.x({3, 1}), target = d.graph.target({3, 1}, "class");
         return weighted_mean(tanh(x), target, weights);
       },
       {{"class", {0, 3, 1, 2, 2, 0, 3, 1, 1, 2, 0, 3, 3, 2, 0, 3, 1, 2, 2, 0, 3}}}},
      {"center_units", "",
       [](auto& d) {
         return center_units(d.w({3, 2, 2}));
       }},
      {"concat", "",
       [](auto& d) {
         const Value x = d.x({2, 3});
         return concat({x, tanh(x), d.keep(d.graph.input({2, 1}, "other"))});
       }},
      {"concat", "of more than an op takes",
       [](auto& d) {
         const Value x = d.x({2});
         return concat({x, tanh(x), sigmoid(x), x, tanh(x), relu(x), sigmoid(x), x, tanh(x)});
       }},
      {"conv2d", "of one size",
       [](auto& d) {
         return conv2d(d.x({3, 4, 2}), d.w({3, 2, 3, 3}), {padded, padded});
       }},
      {"conv2d", "strided and dilated",
       [](auto& d) {
         return conv2d(d.x({5, 4, 2}), d.w({3, 2, 3, 2}), {strided, dilated});
       }},
      {"conv2d", "in groups",
       [](auto& d) {
         return conv2d(d.x({3, 2, 4}), d.w({6, 2, 3, 3}), {padded, padded}, 2);
       }},
      {"conv2d", "of each channel alone, strided",
       [](auto& d) {
         return conv2d(d.x({4, 3, 3}), d.w({3, 1, 3, 3}), {strided, padded}, 3);
       }},
      {"conv2d", "transposed",
       [](auto& d) {
         return conv_transpose2d(d.x({2, 3, 4}), d.w({4, 2, 3, 3}), {strided, padded}, 4, 3, 2);
       }},
      {"conv2d", "twice by one weight",
       [](auto& d) {
         const Value w = d.w({2, 2, 3, 3});
         return conv2d(conv2d(d.x({2, 3, 2}), w, {padded, padded}), w, {padded, padded});
       }},
      {"cross_entropy", "", [](auto& d) { return entropy(d, {4}, 0); }, {{"class", classes}}},
      {"cross_entropy",
       "smoothed",
       [](auto& d) { return entropy(d, {4}, 0.3); },
       {{"class", classes}}},
      {"cross_entropy",
       "of positions",
       [](auto& d) {
         return entropy(d, {2, 4}, 0.1);
       },
       {{"class", classes}}},
      {"dense", "",
       [](auto& d) {
         return dense(d.x({4}), d.w({3, 4}));
       }},
      {"dense", "of positions",
       [](auto& d) {
         return dense(d.x({2, 4}), d.w({3, 4}));
       }},
      {"dense", "twice by one weight",
       [](auto& d) {
         const Value w = d.w({4, 4});
         return dense(dense(d.x({4}), w), w);
       }},
      {"drop_block", "",
       [](auto& d) {
         return drop_block(d.x({3, 4, 2}), 0.3, 2, 0, 3);
       }},
      {"dropout", "", [](auto& d) { return dropout(d.x({9}), {.p = 0.4}, 3); }},
      {"dropout", "of channels, affine",
       [](auto& d) {
         const Dropping how{
             .p = 0.4, .each = Decision::channel, .factor = 1.5, .shift = 2, .dropped = -1};
         return dropout(d.x({3, 5}), how, 3);
       }},
      {"dropout", "of samples",
       [](auto& d) {
         return dropout(d.x({2, 3}), {.p = 0.4, .each = Decision::sample}, 3);
       }},
      {"dot", "",
       [](auto& d) {
         return dot(d.w({3, 4}, "a"), d.w({3, 4}, "b"));
       }},
      {"dot", "as a factor",
       [](auto& d) {
         const Value w = d.w({3, 4});
         return scaled(tanh(w), dot(w, d.w({3, 4}, "b")));
       }},
      {"embedding",
       "",
       [](auto& d) {
         return embedding(d.graph.input({2}, "ids"), d.w({4, 3}));
       },
       {{"ids", classes}}},
      {"fading_noise", "",
       [](auto& d) {
         return fading_noise(d.w({3, 3}), 0.5, 0.55, 4);
       }},
      {"focal",
       "",
       [](auto& d) {
         return of_class(d, {4}, [](Value x, Value t) { return focal(x, t, 1.5, weights); });
       },
       {{"class", classes}}},
      {"gaussian_nll", "",
       [](auto& d) { return gaussian_nll(d.x({4}), d.graph.target({2}, "target"), 0.1); }},
      {"hinge",
       "",
       [](auto& d) {
         return of_class(d, {2, 4}, [](Value x, Value t) { return hinge(x, t, 1.5); });
       },
       {{"class", classes}}},
      {"hinge",
       "squared",
       [](auto& d) {
         return of_class(d, {4}, [](Value x, Value t) { return hinge(x, t, 0.5, true); });
       },
       {{"class", classes}}},
      {"huber", "", [](auto& d) { return huber(d.x({3}), d.graph.target({3}, "target"), 0.7); }},
      {"kl_divergence",
       "",
       [](auto& d) { return kl_divergence(d.x({3}), d.graph.target({3}, "share")); },
       {{"share", shares}}},
      {"max_pool",
       "",
       [](auto& d) {
         const Window half{.kernel = 2, .stride = 2};
         return max_pool(d.x({4, 5, 2}), {half, half});
       },
       {{"x", apart(7 * 40)}}},
      {"max_pool",
       "with windows that overlap",
       [](auto& d) {
         return max_pool(d.x({4, 3, 2}), {strided, padded});
       },
       {{"x", apart(7 * 24)}}},
      {"mean_positions", "",
       [](auto& d) {
         return mean_positions(d.x({2, 3, 2}));
       }},
      {"mean_rows", "", [](auto& d) { return mean_rows(tanh(d.x({1}))); }},
      {"mean_rows", "of positions",
       [](auto& d) {
         return mean_rows(tanh(d.x({3, 1})));
       }},
      {"negative_log_likelihood",
       "",
       [](auto& d) {
         return of_class(d, {4},
                         [](Value x, Value t) { return negative_log_likelihood(x, t, weights); });
       },
       {{"class", classes}}},
      {"noise", "added", [](auto& d) { return noise(tanh(d.x({5})), 0.4, false, 3); }},
      {"noise", "multiplied",
       [](auto& d) {
         return noise(d.x({2, 3}), 0.4, true, 3);
       }},
      {"orthogonality", "with slopes that are not symmetric",
       [](auto& d) {
         return dot(orthogonality(d.w({5, 3})), d.w({3, 3}, "b"));
       }},
      {"orthogonality", "of a kernel's rows",
       [](auto& d) {
         return orthogonality(transposed(d.w({2, 3, 2, 1})));
       }},
      {"penalty", "l2",
       [](auto& d) {
         return penalty(d.w({3, 4}), Norm::squares, 0.7);
       }},
      {"penalty", "l1",
       [](auto& d) {
         return penalty(d.w({3, 4}), Norm::magnitudes, 0.7);
       }},
      {"penalty", "of many weights",
       [](auto& d) {
         return penalty(dense(d.x({1}), d.w({3, 1})), Norm::squares, 0.7);
       }},
      {"glu", "",
       [](auto& d) {
         return glu(d.x({2, 6}));
       }},
      {"pointwise", "", [](auto& d) { return pointwise(d.x({5}), Cube{}); }},
      {"prelu", "",
       [](auto& d) {
         return prelu(d.x({2, 3}), d.w({3}));
       }},
      {"slice", "",
       [](auto& d) {
         return slice(d.x({2, 5}), 1, 3);
       }},
      {"softmax", "",
       [](auto& d) {
         return softmax(d.x({2, 3}));
       }},
      {"softmax", "logarithm",
       [](auto& d) {
         return log_softmax(d.x({2, 3}));
       }},
      {"relu", "", [](auto& d) { return relu(d.x({5})); }},
      {"reshape", "",
       [](auto& d) {
         return dense(reshape(d.x({2, 3}), {3, 2}), d.w({4, 2}));
       }},
      {"sigmoid", "", [](auto& d) { return sigmoid(d.x({5})); }},
      {"squared_error", "",
       [](auto& d) { return squared_error(d.x({3}), d.graph.target({3}, "target")); }},
      {"sum_rows", "", [](auto& d) { return sum_rows(tanh(d.x({3}))); }},
      {"sum_rows", "given back to every sample",
       [](auto& d) {
         const Value x = d.x({2, 3});
         return add_row(x, sum_rows(tanh(x)));
       }},
      {"table_inputs",
       "",
       [](auto& d) {
         using Sort = TableInput::Sort;
         const Value mean = d.graph.parameter({2}, "mean"), std = d.graph.parameter({2}, "std");
         const Value y =
             table_inputs(d.graph.input({2}, "columns"), mean, std,
                          {{Sort::number, 0}, {Sort::one_hot, 1, 3}, {Sort::missing, 0}}, 3);
         return dense(y, d.w({2, 5}));
       },
       {{"columns", classes}, {"std", {2, 3}}}},
      {"tanh", "", [](auto& d) { return tanh(d.x({5})); }},
      {"weighted_cross_entropy",
       "of positions",
       [](auto& d) {
         return of_class(d, {2, 4}, [](Value x, Value t) {
           return weighted_cross_entropy(x, t, weights, 0.2);
         });
       },
       {{"class", classes}}},
      {"weighted_cross_entropy",
       "of shares",
       [](auto& d) {
         return weighted_cross_entropy(d.x({3}), d.graph.target({3}, "share"), {}, 0.2, true);
       },
       {{"share", shares}}},
      {"add", "",
       [](auto& d) {
         const Value x = d.x({3});
         return add(tanh(x), add(x, x));
       }},
  };
  static const std::vector<Example> all =
      together({others, norm_examples(), recurrent_examples(), weight_examples()});
  return all;
}

}  // namespace goodfit
