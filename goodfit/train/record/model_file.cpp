#include "goodfit/train/record/model_file.hpp"

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/base/fields.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"

namespace goodfit {
namespace {

Setting names(const std::vector<std::string>& texts) {
  return Setting::List(texts.begin(), texts.end());
}

std::string signature_text(const Signature& signature) {
  Setting table{Setting::Table{}};
  table["sample"] = Setting::List(signature.sample.begin(), signature.sample.end());
  table["outputs"] = signature.outputs;
  table["target_width"] = signature.target_width;
  table["features"] = names(signature.features);
  table["classes"] = names(signature.classes);
  if (signature.temperature != 1) table["temperature"] = signature.temperature;
  return to_json(table);
}

Signature signature_from(const std::string& text, const std::string& name) {
  const Setting table = from_json(text, name);
  Signature signature;
  const auto take = [&](std::string_view key, auto& to) {
    const Setting* found = table.find(key);
    if (!found) fail("{}: its signature lacks \"{}\"", name, key);
    read_member(*found, to);
  };
  std::vector<Size> extents;
  take("sample", extents);
  if (extents.size() > Shape::max_rank - 1) fail("{}: samples of {} axes", name, extents.size());
  for (const Size extent : extents) {
    if (extent < 1 || extent > (Size{1} << 40)) fail("{}: a sample axis of {}", name, extent);
    signature.sample.push(extent);
  }
  take("outputs", signature.outputs);
  take("target_width", signature.target_width);
  take("features", signature.features);
  take("classes", signature.classes);
  if (const Setting* temperature = table.find("temperature")) {
    read_member(*temperature, signature.temperature);
    check_number(name + ": temperature", signature.temperature, temperature_range);
  }
  return signature;
}

}  // namespace

void add_views(std::vector<TensorView>& views, const std::string& prefix, const Store& layout,
               ConstSpan block) {
  for (const Stored& stored : layout.tensors())
    views.push_back({prefix + stored.name, stored.shape,
                     block.subspan(std::size_t(stored.offset), std::size_t(stored.shape.count()))});
}

void take_tensors(const TensorFile& file, const std::string& prefix, Store& store,
                  const std::string& name) {
  for (const Stored& stored : store.tensors()) {
    const NamedTensor* tensor = file.find(prefix + stored.name);
    if (!tensor) fail("{}: tensor \"{}{}\" is missing", name, prefix, stored.name);
    if (tensor->shape != stored.shape)
      fail("{}: tensor \"{}\" has shape {}, the recipe wants {}", name, tensor->name,
           tensor->shape.text(), stored.shape.text());
    std::copy(tensor->data.begin(), tensor->data.end(), store.at(stored).begin());
  }
}

void write_model(const std::filesystem::path& file, const Store& weights,
                 const Signature& signature) {
  std::vector<TensorView> views;
  add_views(views, "", weights, weights.all());
  write_safetensors(file, views,
                    {{"format", "pt"}, {"goodfit.signature", signature_text(signature)}});
}

std::optional<Signature> signature_of(const TensorFile& file, const std::string& name) {
  const auto found = file.metadata.find("goodfit.signature");
  if (found == file.metadata.end()) return std::nullopt;
  return signature_from(found->second, name);
}

ModelFile read_model(const std::filesystem::path& file) {
  const std::string name = file.string();
  ModelFile model{read_safetensors(read_file(file), name), {}};
  const std::optional<Signature> signature = signature_of(model.tensors, name);
  if (!signature) fail("{}: this is no model of goodfit: it has no signature", name);
  model.signature = *signature;
  return model;
}

void take_weights(const ModelFile& model, Store& store, const std::filesystem::path& file) {
  take_tensors(model.tensors, "", store, file.string());
  for (const NamedTensor& tensor : model.tensors.tensors)
    if (!store.has(tensor.name))
      fail("{}: tensor \"{}\" is not in the model of the recipe", file.string(), tensor.name);
}

}  // namespace goodfit
