#include "goodfit/parts/layers/layer.hpp"

#include "goodfit/parts/initializers/normal.hpp"
#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/branches.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/repeat.hpp"
#include "goodfit/parts/layers/residual.hpp"
#include "goodfit/parts/layers/tanh.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

// Writes down what the Net told it.
struct Probe {
  std::vector<std::string>* scopes = nullptr;
  std::vector<double>* gains = nullptr;
  static constexpr Card card{"probe", "Looks at the net."};
  static constexpr auto fields() { return Fields{}; }
  Value build(Net& net, Value x) const {
    scopes->push_back(net.scope());
    gains->push_back(net.gain().value);
    return x;
  }
};

struct Told {
  std::vector<std::string> scopes;
  std::vector<double> gains;
  Probe probe() { return {&scopes, &gains}; }
};

struct Misfit {
  static constexpr Card card{"misfit", "Never fits."};
  static constexpr auto fields() { return Fields{}; }
  Value build(Net& net, Value x) const {
    return dense(x, net.weight("weight", {2, 99}, Normal{}, {}));
  }
};

}  // namespace

TEST(Layer, TellsEachLayerWhereItStands) {
  Told told;
  const Built net({told.probe(), Residual{{told.probe(), told.probe()}}}, {2}, 1);
  EXPECT_EQ(told.scopes,
            (std::vector<std::string>{"layers.0", "layers.1.body.0", "layers.1.body.1"}));
  EXPECT_EQ(net.net.scope(), "");
}

TEST(Layer, TellsTheGainOfTheActivationThatFollows) {
  Told told;
  const Built net({told.probe(), BatchNorm{}, Relu{}, told.probe(), Tanh{}, told.probe(),
                   Dense{.out = 2}, Relu{}, told.probe()},
                  {2}, 2);
  EXPECT_EQ(told.gains, (std::vector<double>{relu_gain.value, tanh_gain.value, 1, 1}));
}

TEST(Layer, DropsABiasThatTheNextLayerTakesOut) {
  const auto names = [](const std::vector<Layer>& layers) {
    const Built net(layers, {2}, 2);
    return net.net.dropped_biases();
  };
  using Scopes = std::vector<std::string>;
  const Layer dense = Dense{.out = 2}, norm = BatchNorm{};
  EXPECT_EQ(names({dense, norm, dense, Relu{}, norm}), Scopes{"layers.0"});
  EXPECT_EQ(names({Dense{.out = 2, .bias = false}, norm}), Scopes{});
  EXPECT_EQ(names({dense, Repeat{2, {norm, dense}}}), (Scopes{"layers.0", "layers.1.body.1"}));
  // What follows a residual follows the last layer of its body; its input has another way past.
  EXPECT_EQ(names({dense, Residual{{norm, dense}}, norm}), Scopes{"layers.1.body.1"});
}

TEST(Layer, ABiasThatIsDroppedChangesNothingButTheParameters) {
  const Built with({Dense{.out = 2}, Relu{}}, {2}, 2),
      without({Dense{.out = 2}, BatchNorm{}}, {2}, 2);
  EXPECT_EQ(with.names(true), (std::vector<std::string>{"layers.0.weight", "layers.0.bias"}));
  EXPECT_EQ(without.names(true).size(), 3u);  // W, γ, β
}

TEST(Layer, LooksBeyondABodyForTheActivation) {
  Told told;
  const Built net({Residual{{told.probe(), Dropout{}}}, Relu{}}, {2}, 2);
  EXPECT_EQ(told.gains, std::vector<double>{relu_gain.value});
}

TEST(Layer, LooksIntoWhatIsMadeOfOthersForTheActivation) {
  const auto gain_before = [](const Layer& layer) {
    Told told;
    const Built net({told.probe(), layer, Tanh{}}, {2}, 2);
    return told.gains.front();
  };
  EXPECT_EQ(gain_before(Repeat{2, {BatchNorm{}, Relu{}}}), relu_gain.value);
  EXPECT_EQ(gain_before(Repeat{2, {Dropout{}}}), tanh_gain.value);
  EXPECT_EQ(gain_before(Repeat{2, {Dense{.out = 2}, Relu{}}}), 1);
  EXPECT_EQ(gain_before(Branches{{{Relu{}}, {Tanh{}}}}), relu_gain.value);
}

TEST(Layer, FindsTheActivationInTheNextRepetition) {
  Told told;
  const Built net({Repeat{3, {Relu{}, told.probe()}}, Tanh{}}, {2}, 2);
  EXPECT_EQ(told.gains, (std::vector<double>{relu_gain.value, relu_gain.value, tanh_gain.value}));
}

TEST(Layer, BuiltAgainSharesTheNumbersOfTheStore) {
  Graph first(2), second(3);
  Store store;
  const std::vector<Layer> layers{Dense{.out = 2}};
  Net train(first, store, Mode::train, 1);
  build_sequence(train, "layers", layers, first.input({2}, "input"));
  store.at("layers.0.weight")[0] = 42;
  Net evaluate(second, store, Mode::evaluate, 9);
  build_sequence(evaluate, "layers", layers, second.input({2}, "input"));
  EXPECT_EQ(store.at("layers.0.weight")[0], 42);
  EXPECT_EQ(store.tensors().size(), 2u);
}

TEST(Layer, StartsFromTheSeedAndTheNameOfTheTensor) {
  const auto start = [](std::uint64_t seed, const std::vector<Layer>& layers) {
    Graph graph(1);
    Store store;
    Net net(graph, store, Mode::train, seed);
    build_sequence(net, "layers", layers, graph.input({4}, "input"));
    const ConstSpan w = store.at("layers.0.weight");
    return std::vector<float>(w.begin(), w.end());
  };
  const Layer dense = Dense{.out = 4, .init = Normal{}};
  EXPECT_EQ(start(1, {dense}), start(1, {dense, Tanh{}, dense}));
  EXPECT_NE(start(1, {dense}), start(2, {dense}));
  Built two({dense, dense}, {4}, 1);
  const ConstSpan a = two.store.at("layers.0.weight"), b = two.store.at("layers.1.weight");
  EXPECT_FALSE(std::equal(a.begin(), a.end(), b.begin()));
}

TEST(Layer, ErrorsOfOpsNameTheLayer) {
  expect_error(
      [] {
        Built({Relu{}, Misfit{}}, {3}, 4);
      },
      "layers.1 (misfit): dense: an input of shape [4, 3] does not fit a weight of shape "
      "[2, 99]");
}

}  // namespace goodfit
