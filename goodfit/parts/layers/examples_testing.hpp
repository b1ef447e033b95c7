// Examples testing: every layer of the catalogue in a small net, for the laws that all of them
// obey.
#pragma once
#include "goodfit/parts/layers/catalogue.hpp"
#include "goodfit/parts/layers/testing.hpp"

namespace goodfit {

struct LayerExample {
  std::vector<Layer> layers;
  Shape sample;
  std::map<std::string, Numbers> leaves = {};
  Size most = 0;  // numbers of each tensor whose gradients are checked, for large nets; 0: all
};

inline const Numbers positive_numbers{0.5, 2, 1, 1.5, 0.25, 3};

inline const Numbers some_ids{0, 3, 1, 2, 2, 0, 3, 1, 1, 2};

inline const Numbers some_ids_of_three{0, 3, 1, 2, 2, 0, 3, 1, 1, 2, 0, 3, 1, 4, 2};

// Apart from each other: a finite difference must not step over a kink.
inline Numbers numbers_apart(Size count) {
  Numbers numbers;
  for (Size i = 0; i < count; ++i) numbers.push_back(0.03 * double(i * 61 % 97) - 1);
  return numbers;
}

inline const std::vector<LayerExample>& layer_examples() {
  static const std::vector<LayerExample> all{
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
      {{Embedding{.num = 4, .dim = 2}}, {2}, {{"input", some_ids}}},
      {{Embedding{.num = 4, .dim = 2}, Lstm{.hidden = 2}}, {2}, {{"input", some_ids}}},
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
      {{Rnn{.hidden = 4, .layer_norm = true}}, {3, 4}},
      {{Lstm{.hidden = 4, .layer_norm = true}}, {3, 4}},
      // A norm of cells that are almost alike bends sharply.
      {{Lstm{.hidden = 4, .sequences = false, .bias = false, .layer_norm = true}}, {3, 4}, {}, 64},
      {{Gru{.hidden = 4, .layer_norm = true}}, {3, 4}},
      {{MaxPool{}}, {4, 2, 2}, {{"input", numbers_apart(5 * 16)}}},
      {{MaxPool{.kernel = 3, .stride = 1, .padding = 1}},
       {4, 2},
       {{"input", numbers_apart(5 * 8)}}},
      {{GlobalAvgPool{}}, {2, 2, 3}},
      {{GlobalAvgPool{}}, {3}},
      {{BatchNorm{}}, {2, 2, 3}, {{"layers.0.running_var", positive_numbers}}},
      {{BatchNorm{}}, {3}, {{"layers.0.running_var", positive_numbers}}},
      {{BatchNorm{.eps = 0.1, .affine = false}}, {3}, {{"layers.0.running_var", positive_numbers}}},
      {{BatchNorm{}}, {2, 3}, {{"layers.0.running_var", positive_numbers}}},
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
      {{SwitchableNorm{}}, {2, 2, 2}, {{"layers.0.running_var", positive_numbers}}},
      {{SwitchableNorm{.affine = false}}, {3, 2}, {{"layers.0.running_var", positive_numbers}}},
      // Step 0 of the warmup or these limits: r = 1 and d = 0, which no finite difference moves.
      {{BatchRenorm{.r_max = 1, .d_max = 0}}, {3}, {{"layers.0.running_var", positive_numbers}}},
      {{BatchRenorm{.affine = false}}, {2, 3}, {{"layers.0.running_var", positive_numbers}}},
      {{GhostBatchNorm{.size = 2}}, {3}, {{"layers.0.running_var", positive_numbers}}},
      {{GhostBatchNorm{.size = 4, .affine = false}},
       {2, 2},
       {{"layers.0.running_var", positive_numbers}}},
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
      {{Standardize{}}, {6}, {{"layers.0.std", positive_numbers}}},
      {{Standardize{.per = "all"}}, {2, 3}, {{"layers.0.std", positive_numbers}}},
      {{TableInputs{.values = {0, 4, 0}, .missing = {2}, .one_hot = 5}, Dense{.out = 2}},
       {3},
       {{"input", some_ids_of_three}, {"layers.0.std", {0.5, 1, 2}}}},
      {{TableInputs{.values = {4, 4}, .one_hot = 0, .init = Normal{}}, Dense{.out = 2}},
       {2},
       {{"input", some_ids}}},
      {{Dense{.out = 2}, Unstandardize{}}, {3}, {{"layers.1.std", {0.5, 2}}}},
      {{Unstandardize{}}, {2}, {{"layers.0.std", {0.5, 2}}}},
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
       {{"layers.0.body.0.running_var", positive_numbers}}},
  };
  return all;
}

inline bool takes_ids(const LayerExample& example) {
  return example.layers[0].key() == "embedding" || example.layers[0].key() == "table_inputs";
}

}  // namespace goodfit
