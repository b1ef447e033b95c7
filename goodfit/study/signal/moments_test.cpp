#include "goodfit/study/signal/moments.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/parts/layers/catalogue.hpp"

namespace goodfit {
namespace {

constexpr double pi = 3.14159265358979323846;

// One layer with its weights, for signals of this shape.
struct One {
  One(const Layer& layer, const Shape& sample) : graph(4), net(graph, store, Mode::train, 1) {
    net.watch = [&](const std::string& scope, const Layer& built, Value in, Value out) {
      passages.push_back({scope, built, in, out});
    };
    build_sequence(net, "layers", {layer}, graph.input(sample, "input"));
  }
  Moments forward(double mean, double square) const {
    return goodfit::forward(passages.back(), store, {mean, square}).value();
  }
  double backward(double mean, double square) const {
    return goodfit::backward(passages.back(), store, {mean, square}).value();
  }
  bool silent() const {
    return !goodfit::forward(passages.back(), store, {0, 1}) &&
           !goodfit::backward(passages.back(), store, {0, 1});
  }
  void fill(const std::string& name, std::initializer_list<float> pattern) {
    std::size_t i = 0;
    for (float& x : store.at(name)) x = pattern.begin()[i++ % pattern.size()];
  }

  Graph graph;
  Store store;
  Net net;
  std::vector<Passage> passages;
};

}  // namespace

TEST(Moments, ReluHalvesTheSecondMomentAndTheGradient) {
  const One relu(Relu{}, {3});
  const Moments out = relu.forward(0, 9);
  EXPECT_NEAR(out.mean, 3 / std::sqrt(2 * pi), 1e-4);
  EXPECT_NEAR(out.square, 4.5, 1e-4);
  EXPECT_NEAR(relu.backward(0, 9), 0.5, 2e-3);  // the slope has a jump
}

TEST(Moments, OddActivationsNearZeroAreTheIdentity) {
  for (const Layer& layer : {Layer(Tanh{}), Layer(Softsign{}), Layer(IdentityLayer{})}) {
    const One odd(layer, {3});
    EXPECT_NEAR(odd.forward(0, 1e-6).square, 1e-6, 2e-8) << layer.key();
    EXPECT_NEAR(odd.backward(0, 1e-6), 1, 4e-3) << layer.key();
  }
}

// E tanh² z and E (1 − tanh² z)² of a standard normal, by another quadrature (numpy, 2e6 points).
TEST(Moments, TanhIsIntegrated) {
  const One tanh(Tanh{}, {3});
  EXPECT_NEAR(tanh.forward(0, 1).square, 0.394294, 1e-5);
  EXPECT_NEAR(tanh.backward(0, 1), 0.464, 1e-3);
}

TEST(Moments, DenseTakesTheMeanSquareOfItsWeightsAndBothFans) {
  One dense(Dense{.out = 4}, {6});
  dense.fill("layers.0.weight", {0.5f, -0.5f});
  dense.fill("layers.0.bias", {1, 3});
  const Moments out = dense.forward(1, 2);
  EXPECT_DOUBLE_EQ(out.mean, 2);
  EXPECT_DOUBLE_EQ(out.square, 6 * 0.25 * 2 + 5);
  EXPECT_TRUE(out.signs_are_random);
  EXPECT_DOUBLE_EQ(dense.backward(1, 2), 4 * 0.25);
}

TEST(Moments, ConvolutionsCountTheirTapsChannelsAndPositions) {
  One conv(Conv2d{.out = 4, .kernel = 3, .groups = 2}, {8, 8, 2});
  conv.fill("layers.0.weight", {0.5f, -0.5f});
  EXPECT_DOUBLE_EQ(conv.forward(0, 1).square, 9 * 0.25);
  // Each of 36 positions of 4 filters takes 9 inputs; there are 128 of them.
  EXPECT_DOUBLE_EQ(conv.backward(0, 1), 36.0 * 4 * 9 / 128 * 0.25);
}

TEST(Moments, DropoutAndNormsSayTheirSettings) {
  EXPECT_DOUBLE_EQ(One(Dropout{.p = 0.75}, {3}).forward(0.5, 2).square, 8);
  EXPECT_DOUBLE_EQ(One(Dropout{.p = 0.75}, {3}).backward(0.5, 2), 4);
  One norm(BatchNorm{}, {3});
  norm.fill("layers.0.weight", {2});
  norm.fill("layers.0.bias", {0.5f});
  EXPECT_DOUBLE_EQ(norm.forward(1, 5).square, 4.25);
  EXPECT_DOUBLE_EQ(norm.backward(1, 5), 4.0 / 4);
  EXPECT_DOUBLE_EQ(One(LayerNorm{.affine = false}, {3}).forward(1, 5).variance(), 1);
}

TEST(Moments, NothingIsSaidWhereNothingIsKnown) {
  EXPECT_TRUE(One(Softmax{}, {3}).silent());
  EXPECT_TRUE(One(Glu{}, {4}).silent());
  EXPECT_TRUE(One(MaxPool{}, {4, 4, 1}).silent());
  EXPECT_TRUE(One(Dense{.out = 4, .init = Constant{.value = 0.1}}, {6}).silent());
}

TEST(Moments, AnActivationIsAppliedToEachNumberAlone) {
  const std::vector<double> x{-2, 0.5, 3};
  EXPECT_EQ(applied(Relu{}, x).value(), (std::vector<double>{0, 0.5, 3}));
  EXPECT_EQ(applied(Prelu{.slope = 0.5}, x).value(), (std::vector<double>{-1, 0.5, 3}));
  EXPECT_FALSE(applied(Softmax{}, x));
  EXPECT_FALSE(applied(Glu{}, x));
  EXPECT_FALSE(applied(Dense{.out = 2}, x));
}

}  // namespace goodfit
