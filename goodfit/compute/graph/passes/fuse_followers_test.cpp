#include "goodfit/compute/graph/passes/fuse_followers.hpp"

#include "goodfit/compute/graph/passes/testing.hpp"

namespace goodfit {
namespace {

struct Layer {
  Draft draft = empty_draft();
  Value x = draft.graph->input({3}, "x");
  Value w = draft.graph->parameter({2, 3}, "w"), b = draft.graph->parameter({2}, "b");
  Names fused(std::initializer_list<Value> roots) {
    for (const Value& root : roots) draft.roots.push_back(root.id);
    return ops_after(fuse_followers(draft));
  }
};

}  // namespace

TEST(FuseFollowers, TakesBiasAndReluIntoTheProduct) {
  Layer layer;
  EXPECT_EQ(layer.fused({relu(add_row(dense(layer.x, layer.w), layer.b))}),
            Names{"dense_bias_relu"});
}

TEST(FuseFollowers, TakesABiasOrAReluAlone) {
  Layer biased, rectified;
  EXPECT_EQ(biased.fused({add_row(dense(biased.x, biased.w), biased.b)}), Names{"dense_bias"});
  EXPECT_EQ(rectified.fused({relu(dense(rectified.x, rectified.w))}), Names{"dense_relu"});
}

TEST(FuseFollowers, LeavesWhatSomebodyElseWants) {
  Layer layer;
  const Value y = add_row(dense(layer.x, layer.w), layer.b);
  EXPECT_EQ(layer.fused({relu(y), tanh(y)}), (Names{"dense_bias", "relu", "tanh"}));
}

TEST(FuseFollowers, LeavesWhatIsARootItself) {
  Layer layer;
  const Value y = dense(layer.x, layer.w);
  EXPECT_EQ(layer.fused({y, relu(y)}), (Names{"dense", "relu"}));
}

TEST(FuseFollowers, LeavesOtherFollowers) {
  Layer layer;
  EXPECT_EQ(layer.fused({tanh(dense(layer.x, layer.w))}), (Names{"dense", "tanh"}));
}

TEST(FuseFollowers, TakesAReluIntoABatchNorm) {
  Layer layer;
  const Value channels = layer.draft.graph->parameter({3}, "c");
  const Value y = batch_norm(layer.x, normalizer(channels, channels, 1), channels, channels, true);
  EXPECT_EQ(layer.fused({relu(y)}), (Names{"normalizer", "batch_norm_relu"}));
}

TEST(FuseFollowers, TakesWhatIsAddedAndAReluIntoABatchNorm) {
  Layer layer;
  const Value channels = layer.draft.graph->parameter({3}, "c");
  const Value other = layer.draft.graph->input({3}, "other");
  const Value statistics = normalizer(channels, channels, 1);
  const auto norm = [&] { return batch_norm(layer.x, statistics, channels, channels, true); };
  EXPECT_EQ(layer.fused({relu(add(norm(), other)), add(relu(norm()), other)}),
            (Names{"normalizer", "batch_norm_add_relu", "batch_norm_relu", "add"}));
}

TEST(FuseFollowers, TakesAMaxPoolOfPairsIntoBatchNormAndRelu) {
  for (const Size kernel : {2, 3}) {
    Draft draft = empty_draft();
    const Value x = draft.graph->input({6, 6, 3}, "x"), c = draft.graph->parameter({3}, "c");
    const Window window{.kernel = kernel, .stride = kernel};
    const Value y = relu(batch_norm(x, normalizer(c, c, 1), c, c, true));
    draft.roots.push_back(max_pool(y, {window, window}).id);
    const Names names = ops_after(fuse_followers(draft));
    EXPECT_EQ(names, kernel == 2 ? (Names{"normalizer", "batch_norm_relu_max_pool"})
                                 : (Names{"normalizer", "batch_norm_relu", "max_pool"}));
  }
}

}  // namespace goodfit
