// Model file: weights as safetensors with PyTorch's names and layouts, and the signature beside
// them.
#pragma once
#include <filesystem>
#include <optional>

#include "goodfit/compute/tensor/store.hpp"
#include "goodfit/train/record/safetensors.hpp"
#include "goodfit/train/record/signature.hpp"

namespace goodfit {

struct ModelFile {
  TensorFile tensors;
  Signature signature;
};

void write_model(const std::filesystem::path& file, const Store& weights,
                 const Signature& signature);
// Of tensors that goodfit has written; nothing of others'. Throws Error when it is broken.
std::optional<Signature> signature_of(const TensorFile& file, const std::string& name);
// Throws Error when the file is broken or was not written by goodfit.
ModelFile read_model(const std::filesystem::path& file);

// Copies every tensor of the store from the file; `prefix` stands before the names there. Throws
// Error that names the first tensor that is missing or has another shape.
void take_tensors(const TensorFile& file, const std::string& prefix, Store& store,
                  const std::string& name);
// The same for a model file, which must hold nothing else.
void take_weights(const ModelFile& model, Store& store, const std::filesystem::path& file);
// The tensors of a block laid out as the store, appended with `prefix` before their names.
void add_views(std::vector<TensorView>& views, const std::string& prefix, const Store& layout,
               ConstSpan block);

}  // namespace goodfit
