#include "goodfit/study/signal/signal.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "goodfit/goodfit.hpp"

namespace goodfit {
namespace {

// Independent standard normal inputs, and classes that have nothing to do with them.
Data noise(const Shape& shape, Size count = 300) {
  Random random(5, stream_of("noise"));
  Data data;
  data.train.shape = shape;
  for (Size i = 0; i < count * shape.count(); ++i)
    data.train.features.push_back(float(random.normal()));
  for (Size i = 0; i < count; ++i) data.train.targets.push_back(float(i % 10));
  for (const char* name : {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"})
    data.classes.emplace_back(name);
  return data;
}

SignalReport measured(std::vector<Layer> model, const Shape& shape = {100}) {
  return measure_signal({.model = std::move(model), .batch = 256, .seed = 2}, noise(shape));
}

std::vector<Layer> deep(int depth, const Layer& dense, const Layer& activation) {
  std::vector<Layer> model;
  for (int i = 0; i < depth; ++i) model.insert(model.end(), {dense, activation});
  model.push_back(Dense{.out = 10});
  return model;
}

// Every prediction within a factor of what is measured; and how many there are.
int expect_predicted(const SignalReport& report, double factor) {
  int predictions = 0;
  const auto near = [&](const LayerSignal& layer, const char* what, std::optional<double> wanted,
                        double found) {
    if (!wanted) return;
    ++predictions;
    EXPECT_LT(found, *wanted * factor) << what << " of " << layer.scope << " " << layer.key;
    EXPECT_GT(found, *wanted / factor) << what << " of " << layer.scope << " " << layer.key;
  };
  for (const LayerSignal& layer : report.layers) {
    near(layer, "variance", layer.predicted, layer.outputs.variance);
    near(layer, "gradient", layer.predicted_gradient, layer.gradients.square());
  }
  return predictions;
}

const LayerSignal& at(const SignalReport& report, const std::string& scope) {
  for (const LayerSignal& layer : report.layers)
    if (layer.scope == scope) return layer;
  throw std::out_of_range(scope);
}

}  // namespace

TEST(Signal, TanhWithXavierIsAsTheFormulasSay) {
  const SignalReport report = measured(deep(8, Dense{.out = 100, .init = XavierNormal{}}, Tanh{}));
  ASSERT_EQ(report.layers.size(), 17u);
  EXPECT_EQ(expect_predicted(report, 1.4), 17 + 16);  // the last gradient is where they begin
  // n D w = 1: what goes into the first activation has the variance of the inputs.
  EXPECT_NEAR(*report.layers[0].predicted, 1, 0.05);
  EXPECT_EQ(report.signal(), Fate::keeps);
  EXPECT_EQ(report.gradient(), Fate::keeps);
}

TEST(Signal, ReluWithHeKeepsHalfNDwAtOne) {
  const SignalReport report = measured(deep(10, Dense{.out = 200, .init = HeNormal{}}, Relu{}));
  expect_predicted(report, 2);  // chance adds up through ten layers
  for (int i = 0; i < 20; i += 2) {
    const LayerSignal& dense = report.layers[std::size_t(i)];
    const Summary& w = *dense.weights;
    const double n = i == 0 ? 100 : 200;
    EXPECT_NEAR(0.5 * n * w.variance, 1, 0.05) << dense.scope;
    EXPECT_NEAR(*dense.predicted, 2, 0.3) << dense.scope;
    EXPECT_NEAR(report.layers[std::size_t(i) + 1].outputs.zeros, 0.5, 0.1) << dense.scope;
  }
  EXPECT_EQ(report.signal(), Fate::keeps);
}

TEST(Signal, LsuvGivesEveryLayerVarianceOneWhateverFollows) {
  for (const Layer& activation : {Layer(Relu{}), Layer(Tanh{}), Layer(Sigmoid{}), Layer(Mish{})}) {
    const std::vector<Layer> model = deep(9, Dense{.out = 100, .init = Lsuv{}}, activation);
    Recipe recipe{.model = model, .batch = 256, .seed = 2};
    recipe.init = Lsuv{};
    const SignalReport report = measure_signal(recipe, noise({100}));
    int weighted = 0;
    for (const LayerSignal& layer : report.layers)
      if (layer.has_weights) {
        ++weighted;
        EXPECT_NEAR(layer.outputs.variance, 1, 0.1) << activation.key() << " " << layer.scope;
      }
    EXPECT_EQ(weighted, 10);
    EXPECT_EQ(report.signal(), Fate::keeps) << activation.key();
  }
}

TEST(Signal, WeightsFarTooSmallAreToldAsFading) {
  const SignalReport report =
      measured(deep(5, Dense{.out = 100, .init = Normal{.std = 0.01}}, Tanh{}));
  expect_predicted(report, 1.5);
  EXPECT_EQ(report.signal(), Fate::fades);
  EXPECT_EQ(report.gradient(), Fate::fades);
  EXPECT_NE(report.verdict()[0].find("the signal fades"), std::string::npos);
  EXPECT_NE(report.verdict()[1].find("the gradient fades"), std::string::npos);
  EXPECT_NE(report.verdict()[1].find("; the first layers hardly learn"), std::string::npos);
}

TEST(Signal, WeightsFarTooLargeAreToldAsExplodingOrSaturated) {
  const Layer large = Dense{.out = 100, .init = Normal{.std = 1}};
  const SignalReport relu = measured(deep(7, large, Relu{}));
  EXPECT_EQ(relu.signal(), Fate::explodes);
  EXPECT_EQ(relu.gradient(), Fate::explodes);
  const SignalReport tanh = measured(deep(2, large, Tanh{}));
  EXPECT_GT(*at(tanh, "layers.1").flat, 0.6);
  EXPECT_LT(*at(measured(deep(2, Dense{.out = 100}, Tanh{})), "layers.1").flat, 0.1);
}

TEST(Signal, NumbersThatOverflowAreAnExplosionToo) {
  const SignalReport report =
      measured(deep(3, Dense{.out = 20, .init = Normal{.std = 1e20}}, Relu{}));
  EXPECT_EQ(report.signal(), Fate::explodes);
}

TEST(Signal, ZerosLeaveNoGradient) {
  const SignalReport report = measured(deep(2, Dense{.out = 20, .init = Zeros{}}, Tanh{}));
  EXPECT_EQ(report.gradient_ratio, 0);
  EXPECT_EQ(report.gradient(), Fate::fades);
  EXPECT_EQ(at(report, "layers.0").outputs.zeros, 1);
}

TEST(Signal, NormsDropoutResidualsAndConvolutionsArePredicted) {
  EXPECT_GT(expect_predicted(measured({Standardize{}, Dense{.out = 100}, BatchNorm{}, Relu{},
                                       Dropout{.p = 0.3}, Dense{.out = 10}}),
                             1.5),
            8);
  const Layer block =
      Residual{{LayerNorm{}, Dense{.out = 100, .init = HeNormal{}}, Relu{}, Dense{.out = 100}}};
  const SignalReport residual = measured({Dense{.out = 100}, block, block, Dense{.out = 10}});
  EXPECT_GT(expect_predicted(residual, 1.5), 18);
  EXPECT_TRUE(at(residual, "layers.2").predicted);
  EXPECT_TRUE(at(residual, "layers.0").predicted_gradient);
  EXPECT_GT(expect_predicted(
                measured({Conv2d{.out = 16, .init = HeNormal{}}, Relu{},
                          Conv2d{.out = 16, .stride = 2}, Flatten{}, Tanh{}, Dense{.out = 10}},
                         {12, 12, 1}),
                1.6),
            10);
}

TEST(Signal, WherePredictionEndsItBeginsAgainWithWhatIsMeasured) {
  const SignalReport report = measured(
      {Conv2d{.out = 16}, Relu{}, MaxPool{}, Conv2d{.out = 16}, Flatten{}, Dense{.out = 10}},
      {12, 12, 1});
  EXPECT_FALSE(at(report, "layers.2").predicted);
  EXPECT_FALSE(at(report, "layers.1").predicted_gradient);
  EXPECT_TRUE(at(report, "layers.3").predicted);
  EXPECT_TRUE(at(report, "layers.0").predicted_gradient);
  // A pool hands its gradient to units that are open: there is more of it than the theory knows.
  expect_predicted(report, 2.2);
  // A residual whose body keeps signs, x + tanh x, is no sum of independent numbers.
  const SignalReport odd = measured({Residual{{Tanh{}}}, Dense{.out = 10}});
  EXPECT_FALSE(at(odd, "layers.0").predicted);
  EXPECT_TRUE(at(odd, "layers.0.body.0").predicted);
}

TEST(Signal, TheFirstBatchOfTheTrainingIsMeasured) {
  Recipe recipe{
      .data = in_memory(noise({20})),
      .model = {Standardize{}, Dense{.out = 30}, BatchNorm{}, Relu{}, Dropout{}, Dense{.out = 10}},
      .lr = 0.0,
      .batch = 64,
      .epochs = 1,
      .seed = 9};
  struct First : Callback {
    void on_step(const StepReport& report) override {
      if (report.step == 1) loss = report.loss;
    }
    double loss = 0;
  } first;
  train(recipe, {.callbacks = {&first}});
  const SignalReport report = measure_signal(recipe, noise({20}));
  EXPECT_EQ(report.samples, 64);
  EXPECT_FLOAT_EQ(float(report.loss), float(first.loss));
  EXPECT_NEAR(*report.usual_loss, std::log(10.0), 1e-12);
  recipe.shuffle = false;
  train(recipe, {.callbacks = {&first}});
  EXPECT_FLOAT_EQ(float(measure_signal(recipe, noise({20})).loss), float(first.loss));
}

}  // namespace goodfit
