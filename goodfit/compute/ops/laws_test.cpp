// Laws that every op obeys: gradients are those of finite differences, and misfits are refused.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "goodfit/compute/ops/laws_testing.hpp"

namespace goodfit {
namespace {

struct Misfit {
  std::string says;
  std::function<Value(Graph&)> build;
};

}  // namespace

TEST(Ops, EachFileHasAnExample) {
  const std::set<std::string> shared{"activation", "pooling", "recurrent_cell",
                                     "row_loss",   "units",   "window"};
  const std::set<std::string> of_passes{"batch_norm_max_pool"};  // random graphs try them
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator("goodfit/compute/ops")) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".hpp" || name.ends_with("testing") || shared.count(name) ||
        of_passes.count(name))
      continue;
    ++files;
    EXPECT_TRUE(std::any_of(examples().begin(), examples().end(),
                            [&](const Example& example) { return example.file == name; }))
        << name << ".hpp needs an example in this file";
  }
  EXPECT_GE(files, 15);
}

// And ops that a plan may cut anywhere give two samples at a time what they give for a shard.
TEST(Ops, GradientsAreThoseOfFiniteDifferences) {
  for (const Example& example : examples())
    for (const Size rows : {7, 5, 2}) {  // a full batch; a shard that is cut; one shard alone
      Draftsman d;
      const Value y = example.build(d);
      EXPECT_LT(
          gradient_error(y, d.wanted, {.rows = rows, .at_a_time = 2, .leaves = example.leaves}),
          1e-6)
          << example.file << " " << example.about << " on " << rows << " samples";
    }
}

TEST(Ops, NameBothShapesThatDoNotFit) {
  const std::vector<Misfit> misfits{
      {"add_row: a row of shape [4] does not fit [7, 3]",
       [](Graph& g) { return add_row(g.input({3}, "x"), g.parameter({4}, "w")); }},
      {"add: shapes [7, 3] and [7, 4] differ",
       [](Graph& g) { return add(g.input({3}, "x"), g.input({4}, "y")); }},
      {"add_sample: numbers of shape [3] do not fit [7, 2, 3]",
       [](Graph& g) {
         return add_sample(g.input({2, 3}, "x"), g.parameter({3}, "p"));
       }},
      {"attention: 2 heads do not fit queries, keys and values of shape [7, 4, 9]",
       [](Graph& g) {
         return attention_of(g.input({4, 9}, "x"), {.heads = 2});
       }},
      {"batch_norm: 4 channels do not fit an input of shape [7, 3]",
       [](Graph& g) {
         const Value w = g.parameter({4}, "w");
         return batch_norm(g.input({3}, "x"), normalizer(w, w, 1), w, w, true);
       }},
      {"concat: shapes [7, 2, 3] and [7, 1, 3] differ before the last axis",
       [](Graph& g) {
         return concat({g.input({2, 3}, "x"), g.input({1, 3}, "y")});
       }},
      {"slice: 3 from 1 are not in a last axis of 3",
       [](Graph& g) { return slice(g.input({3}, "x"), 1, 3); }},
      {"conv2d: an input of shape [7, 3, 3, 2] does not fit a weight of shape [4, 3, 3, 3] in 1 "
       "groups",
       [](Graph& g) {
         return conv2d(g.input({3, 3, 2}, "x"), g.parameter({4, 3, 3, 3}, "w"), {padded, padded});
       }},
      {"conv2d: an image has shape [height, width, channels]",
       [](Graph& g) {
         return conv2d(g.input({3, 3}, "x"), g.parameter({4, 3, 3, 3}, "w"), {padded, padded});
       }},
      {"conv2d: 4 channels and 6 units do not fall into 4 groups",
       [](Graph& g) {
         return conv2d(g.input({3, 3, 4}, "x"), g.parameter({6, 1, 3, 3}, "w"), {padded, padded},
                       4);
       }},
      {"conv2d: a window of 3 pixels does not fit an axis of 2, padding included",
       [](Graph& g) {
         const Window bare{.kernel = 3};
         return conv2d(g.input({3, 2, 2}, "x"), g.parameter({4, 2, 3, 3}, "w"), {bare, bare});
       }},
      {"conv_transpose2d: an input of shape [7, 2, 2, 2] does not make images of 3 by 4",
       [](Graph& g) {
         return conv_transpose2d(g.input({2, 2, 2}, "x"), g.parameter({2, 1, 3, 3}, "w"),
                                 {strided, padded}, 3, 4);
       }},
      {"max_pool: padding of 2 is more than half of a window of 3",
       [](Graph& g) {
         const Window wide{.kernel = 3, .before = 2};
         return max_pool(g.input({3, 2, 2}, "x"), {wide, wide});
       }},
      {"avg_pool: an image has shape [height, width, channels]",
       [](Graph& g) {
         return avg_pool(g.input({3, 2}, "x"), {padded, padded});
       }},
      {"cross_entropy: targets of shape [7, 2] do not fit logits of shape [7, 3]",
       [](Graph& g) { return cross_entropy(g.input({3}, "x"), g.target({2}, "t")); }},
      {"cross_entropy.weights has 2 numbers, but the model has 3 outputs: one for each class is "
       "needed",
       [](Graph& g) {
         return weighted_cross_entropy(g.input({3}, "x"), g.target({1}, "t"), {1, 2});
       }},
      {"gaussian_nll: 3 outputs are not a mean and a log variance for each target",
       [](Graph& g) { return gaussian_nll(g.input({3}, "x"), g.target({1}, "t")); }},
      {"hinge: targets of shape [7, 2] do not fit outputs of shape [7, 3]",
       [](Graph& g) { return hinge(g.input({3}, "x"), g.target({2}, "t")); }},
      {"dense: an input of shape [7, 3] does not fit a weight of shape [2, 4]",
       [](Graph& g) {
         return dense(g.input({3}, "x"), g.parameter({2, 4}, "w"));
       }},
      {"group_norm: 4 channels do not fall into 3 groups",
       [](Graph& g) {
         const Value w = g.parameter({4}, "w");
         return group_norm(g.input({2, 4}, "x"), w, w, {.groups = 3});
       }},
      {"layer_norm: 4 channels do not fit an input of shape [7, 3]",
       [](Graph& g) {
         const Value w = g.parameter({4}, "w");
         return layer_norm(g.input({3}, "x"), w, w, 1);
       }},
      {"max_row: a row of shape [4] does not fit [7, 3]",
       [](Graph& g) { return max_row(g.input({3}, "x"), g.parameter({4}, "w")); }},
      {"recurrent: gates of shape [7, 2, 8] do not fit a weight of shape [12, 3]",
       [](Graph& g) {
         return recurrent(Recurrent::lstm,
                          {g.input({2, 8}, "x"), g.parameter({12, 3}, "w"), g.parameter({12}, "b")},
                          true);
       }},
      {"reshape: samples of shape [3] do not fit into [2, 2]",
       [](Graph& g) {
         return reshape(g.input({3}, "x"), {2, 2});
       }},
      {"mse: targets of shape [7, 2] do not fit outputs of shape [7, 3]",
       [](Graph& g) { return squared_error(g.input({3}, "x"), g.target({2}, "t")); }},
  };
  for (const Misfit& misfit : misfits) {
    Graph graph(7, 3);
    try {
      misfit.build(graph);
      ADD_FAILURE() << "nothing was refused, but an error should say: " << misfit.says;
    } catch (const Error& error) {
      EXPECT_EQ(error.what(), misfit.says);
    }
  }
}

TEST(Ops, APenaltyLosesNothingToMillionsOfNumbers) {
  const Shape shape{Size(1) << 22};
  const std::vector<float> w(std::size_t(shape.count()), 0.1f);
  float sum = 0;
  Call<float> call;
  call.in[0] = w.data();
  call.shapes[0] = &shape;
  call.out = &sum;
  for (const auto& [norm, each] : {std::pair(Norm::squares, 0.01), {Norm::magnitudes, 0.1}}) {
    PenaltyOp(norm, 1).run(call);
    EXPECT_NEAR(sum / (each * double(shape.count())), 1, 1e-6);
  }
}

}  // namespace goodfit
