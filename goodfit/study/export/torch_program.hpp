// PyTorch program: a run's model as a Python file of its own, layer by layer, whose weights are
// read from the safetensors file beside it, without a library.
//
//   model = digits.load()      a torch.nn.Module in evaluation; x: what the dataset gives, images
//   as model(x)                   [N, H, W, C]; outputs of the last layer model.predict(x) what
//   goodfit predict gives
//
// Modules have PyTorch's names, so that the file's tensors are its state dict. Images and sequences
// lie channels last, as in goodfit; a module that wants them first turns them, which moves nothing.
#pragma once
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/parts/losses/loss.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

// The text of the program; `weights` is the name of the file beside it. Throws Error that names the
// layer which PyTorch does not have.
std::string torch_program(const Run& run, const std::string& weights);

// The same of layers alone, whose weights are in the store.
std::string torch_program(const std::vector<Layer>& layers, const Signature& signature,
                          Meaning meaning, const Store& store, const std::string& weights);

}  // namespace goodfit
