// Laws that every layer of the catalogue obeys. A new layer needs an example here.
#include "goodfit/parts/layers/catalogue.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {
namespace {

struct Example {
  std::vector<Layer> layers;
  Shape sample;
  std::map<std::string, Numbers> leaves = {};
  Size most = 0;  // numbers of each tensor whose gradients are checked, for large nets; 0: all
};

const Numbers positive{0.5, 2, 1, 1.5, 0.25, 3};

const Numbers ids{0, 3, 1, 2, 2, 0, 3, 1, 1, 2};

// Apart from each other: a finite difference must not step over a kink.
Numbers apart(Size count) {
  Numbers numbers;
  for (Size i = 0; i < count; ++i) numbers.push_back(0.03 * double(i * 61 % 97) - 1);
  return numbers;
}

const std::vector<Example>& examples() {
  static const std::vector<Example> all{
      {{Dense{.out = 3}}, {4}},
      {{Dense{.out = 3, .bias = false}}, {4}},
      {{Dense{.out = 3}}, {2, 4}},
      {{Conv1d{.out = 2, .kernel = 2, .stride = 2, .padding = 1}}, {5, 2}},
      {{Conv1d{.out = 2, .padding = "same", .dilation = 2, .groups = 2, .bias = false}}, {4, 2}},
      {{Conv2d{.out = 2}}, {3, 4, 2}},
      {{Conv2d{.out = 4, .kernel = {1, 2}, .stride = {2, 1}, .padding = "same", .groups = 2}},
       {3, 2, 2}},
      {{Conv2d{.out = 2, .kernel = 2}}, {3, 3}},
      {{ConvTranspose2d{.out = 2, .kernel = 2}}, {2, 2, 2}},
      {{ConvTranspose2d{.out = 2, .stride = 2, .padding = 1, .output_padding = 1}}, {2, 2, 1}},
      {{AvgPool{.kernel = {2, 1}}}, {4, 2, 2}},
      {{AvgPool{.kernel = 3, .stride = 1, .padding = 1}}, {3, 2}},
      {{Embedding{.num = 4, .dim = 2}}, {2}, {{"input", ids}}},
      {{Embedding{.num = 4, .dim = 2}, Lstm{.hidden = 2}}, {2}, {{"input", ids}}},
      {{Position{}, Tanh{}}, {3, 2}},
      {{Attention{}}, {3, 2}},
      {{Attention{.heads = 2, .causal = true, .bias = false}}, {3, 4}},
      {{Position{}, Residual{{LayerNorm{}, Attention{.heads = 2, .causal = true}}},
        Residual{{LayerNorm{}, Dense{.out = 6}, Gelu{}, Dense{.out = 4}}}},
       {3, 4}},
      {{Rnn{.hidden = 3}}, {4, 2}},
      {{Rnn{.hidden = 2, .sequences = false, .bias = false, .activation = "relu"}}, {3, 2}},
      {{Lstm{.hidden = 2}}, {3, 2}},
      {{Lstm{.hidden = 2}, Lstm{.hidden = 3, .sequences = false, .bias = false}}, {3, 2}},
      {{Gru{.hidden = 2}}, {3, 2}},
      {{Gru{.hidden = 2, .sequences = false, .bias = false}}, {4, 2}},
      {{MaxPool{}}, {4, 2, 2}, {{"input", apart(5 * 16)}}},
      {{MaxPool{.kernel = 3, .stride = 1, .padding = 1}}, {4, 2}, {{"input", apart(5 * 8)}}},
      {{GlobalAvgPool{}}, {2, 2, 3}},
      {{GlobalAvgPool{}}, {3}},
      {{BatchNorm{}}, {2, 2, 3}, {{"layers.0.running_var", positive}}},
      {{BatchNorm{}}, {3}, {{"layers.0.running_var", positive}}},
      {{BatchNorm{.eps = 0.1, .affine = false}}, {3}, {{"layers.0.running_var", positive}}},
      {{BatchNorm{}}, {2, 3}, {{"layers.0.running_var", positive}}},
      {{LayerNorm{}}, {4}},
      {{LayerNorm{.eps = 0.1, .affine = false}}, {4}},
      {{LayerNorm{}}, {2, 4}},
      {{GroupNorm{.groups = 2}}, {2, 2, 4}},
      {{GroupNorm{.groups = 2, .eps = 0.1, .affine = false}}, {6}},
      {{InstanceNorm{}}, {2, 2, 2}},
      {{InstanceNorm{.eps = 0.1, .affine = true}}, {3, 2}},
      {{RmsNorm{}}, {4}},
      {{RmsNorm{.eps = 0.1, .affine = false}}, {2, 3}},
      {{FilterResponseNorm{}}, {3, 2}, {{"layers.0.threshold", {-9, 9}}}},
      {{FilterResponseNorm{.threshold = false}}, {2, 2, 2}},
      {{LocalResponseNorm{.size = 3, .alpha = 0.5}}, {2, 4}},
      {{SwitchableNorm{}}, {2, 2, 2}, {{"layers.0.running_var", positive}}},
      {{SwitchableNorm{.affine = false}}, {3, 2}, {{"layers.0.running_var", positive}}},
      // Step 0 of the warmup or these limits: r = 1 and d = 0, which no finite difference moves.
      {{BatchRenorm{.r_max = 1, .d_max = 0}}, {3}, {{"layers.0.running_var", positive}}},
      {{BatchRenorm{.affine = false}}, {2, 3}, {{"layers.0.running_var", positive}}},
      {{GhostBatchNorm{.size = 2}}, {3}, {{"layers.0.running_var", positive}}},
      {{GhostBatchNorm{.size = 4, .affine = false}}, {2, 2}, {{"layers.0.running_var", positive}}},
      {{Dropout{.p = 0.4}}, {6}},
      {{Dropout{.p = 0.4, .scale = "predict"}}, {6}},
      {{SpatialDropout{.p = 0.4}}, {3, 4}},
      {{AlphaDropout{.p = 0.4}}, {6}},
      {{GaussianDropout{.p = 0.4}}, {6}},
      {{DropBlock{.p = 0.3, .block = 2}}, {3, 4, 2}},
      {{DropPath{.p = 0.4}}, {2, 3}},
      {{Noise{.sigma = 0.4}, Tanh{}}, {6}},
      {{IdentityLayer{}}, {3}},
      {{Relu{}}, {3}},
      {{Relu6{}}, {3}},
      {{LeakyRelu{}}, {3}},
      {{Prelu{}}, {4}},
      {{Elu{}}, {3}},
      {{Celu{.alpha = 0.5}}, {3}},
      {{Selu{}}, {3}},
      {{Gelu{}}, {3}},
      {{Silu{}}, {3}},
      {{Mish{}}, {3}},
      {{HardSigmoid{}}, {3}},
      {{HardSwish{}}, {3}},
      {{Softplus{}}, {3}},
      {{Softsign{}}, {3}},
      {{Softmax{}}, {3}},
      {{LogSoftmax{}}, {3}},
      {{Glu{}}, {4}},
      {{Gelu{.form = "tanh"}}, {3}},
      {{Softmax{}}, {2, 3}},
      {{Glu{}}, {2, 4}},
      {{Prelu{}}, {2, 3}},
      {{Sigmoid{}}, {3}},
      {{Tanh{}}, {3}},
      {{Flatten{}, Dense{.out = 2}}, {2, 3}},
      {{Standardize{}}, {6}, {{"layers.0.std", positive}}},
      {{Standardize{.per = "all"}}, {2, 3}, {{"layers.0.std", positive}}},
      {{Reshape{{3, -1}}, Dense{.out = 2}}, {6}},
      {{Branches{{{Dense{.out = 2}}, {Tanh{}, Dense{.out = 1}}}}}, {2, 3}},
      {{Branches{{{Dense{.out = 3}}, {Tanh{}}}, "add"}}, {3}},
      {{Repeat{2, {Dense{.out = 3}, Tanh{}}}}, {3}},
      {{Residual{{Dense{.out = 2}, Tanh{}}, {Dense{.out = 2, .bias = false}}}}, {3}},
      {{Mlp{.out = 2, .hidden = {3, 4}, .activation = Tanh{}, .norm = LayerNorm{}}}, {3}},
      {{Lenet{.out = 2}}, {12, 12, 1}, {}, 4},
      {{Resnet{.depth = 8, .out = 2, .width = 2, .norm = LayerNorm{.eps = 1}}}, {4, 4, 1}, {}, 4},
      {{ActivationL1{.lambda = 0.3}}, {3}},
      {{ActivationL2{.lambda = 0.3}}, {2, 3}},
      {{Autoencoder{.hidden = 2, .dropout = 0.25, .activation = Sigmoid{}}}, {2, 2}},
      {{Residual{{Tanh{}, Residual{{Dense{.out = 3}, Sigmoid{}}}}}}, {3}},
      {{Residual{{BatchNorm{}, Dense{.out = 3}, Dropout{.p = 0.3}, Tanh{}}}, LayerNorm{}},
       {3},
       {{"layers.0.body.0.running_var", positive}}},
  };
  return all;
}

bool takes_ids(const Example& example) { return example.layers[0].key() == "embedding"; }

std::string text(const std::vector<Layer>& layers) {
  std::string all;
  for (const Layer& layer : layers) all += layer.write(Which::changed).shown() + " ";
  return all;
}

}  // namespace

TEST(Layers, EachHasAnExample) {
  for (const std::string& name : Layers::names())
    EXPECT_TRUE(
        std::any_of(examples().begin(), examples().end(),
                    [&](const Example& example) { return example.layers[0].key() == name; }))
        << name << " needs an example in this file";
}

TEST(Layers, GradientsAreThoseOfFiniteDifferencesInEveryMode) {
  for (const Example& example : examples())
    for (const Mode mode : {Mode::train, Mode::evaluate, Mode::sample})
      for (const Size rows : {5, 3}) {
        Built net(example.layers, example.sample, 5, mode);
        Values wanted = net.net.parameters();
        if (!takes_ids(example)) wanted.push_back(net.x);
        // Of a large net's many kinks, a smaller step meets fewer.
        const double step = example.most > 0 ? 1e-5 : 1e-3;
        const GradientCheck how{
            .rows = rows, .step = step, .most = example.most, .leaves = example.leaves};
        Values checked = net.net.penalties();
        checked.push_back(net.y);
        for (const Value& value : checked)
          EXPECT_LT(gradient_error(value, wanted, how), 1e-6)
              << text(example.layers) << "mode " << int(mode) << ", " << rows << " samples";
      }
}

TEST(Layers, HaveTheSameNumbersInEveryMode) {
  for (const Example& example : examples()) {
    const Built train(example.layers, example.sample, 5, Mode::train);
    for (const Mode mode : {Mode::evaluate, Mode::sample}) {
      const Built other(example.layers, example.sample, 1, mode);
      EXPECT_EQ(other.names(true), train.names(true)) << text(example.layers);
      EXPECT_EQ(other.names(false), train.names(false)) << text(example.layers);
      EXPECT_EQ(other.y.shape().without_first(), train.y.shape().without_first());
    }
  }
}

TEST(Layers, DoNotMixSamplesOutsideTraining) {
  for (const Example& example : examples()) {
    Built net(example.layers, example.sample, 2, Mode::evaluate);
    const Size width = example.sample.count();
    Numbers x(std::size_t(2 * width));
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = takes_ids(example) ? double(i % 3) : std::sin(double(i));
    const Numbers before = net.run(x);
    for (Size i = width; i < 2 * width; ++i) x[std::size_t(i)] += 1;
    const Numbers after = net.run(x);
    for (Size i = 0; i < net.y.shape().row(); ++i)
      EXPECT_EQ(before[std::size_t(i)], after[std::size_t(i)]) << text(example.layers);
  }
}

TEST(Layers, SurviveWriting) {
  for (const Example& example : examples())
    for (const Layer& layer : example.layers)
      for (const Which which : {Which::all, Which::changed}) {
        const Setting written = layer.write(which);
        EXPECT_EQ(Layer::read(written), layer) << written.shown();
      }
}

TEST(Layers, AreReadByTheirNameAndRefuseOthers) {
  Layers::each([]<class Part>() {
    const std::string key(Part::card.key);
    EXPECT_FALSE(Part::card.about.empty()) << key;
    Setting table{Setting::Table{{"type", key}}};
    const Part standard;
    each_field<Part>([&](const auto& f) {  // what must be said
      if constexpr (std::same_as<std::remove_cvref_t<decltype(standard.*f.at)>, Size>)
        if (!f.range.holds(double(standard.*f.at))) table[f.key] = 3;
    });
    EXPECT_EQ(Layer::read(table).key(), key);
    table["no_such_setting"] = 1;
    expect_error([&] { Layer::read(table); }, "no_such_setting");
  });
  expect_error([] { Layer::read("no_such_part"); }, "batch_norm");
}

TEST(Layers, KeepTheRangesOfTheirSettings) { expect_ranges_are_kept<Layers>(); }

}  // namespace goodfit
