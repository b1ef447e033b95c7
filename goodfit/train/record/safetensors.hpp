// Safetensors: named tensors in one file that cannot run code when it is read.
//
//   n, 8 bytes, low byte first | header, n bytes of JSON | the values of all tensors, end to end
//   header: {"__metadata__": {text: text}, name: {"dtype": …, "shape": […], "data_offsets": [b,
//   e]}}
//
// Written as F32, tensors in the given order, the header padded with spaces to a multiple of 8, so
// that equal contents give equal bytes. Every other numeric type is read and becomes float.
// Source: the safetensors format, Hugging Face 2022.
#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

struct NamedTensor {
  std::string name;
  Shape shape;
  std::vector<float> data;  // [shape...]
  friend bool operator==(const NamedTensor&, const NamedTensor&) = default;
};

using TensorMetadata = std::map<std::string, std::string>;

struct TensorFile {
  std::vector<NamedTensor> tensors;
  TensorMetadata metadata;

  const NamedTensor* find(std::string_view name) const;  // nullptr when missing
  friend bool operator==(const TensorFile&, const TensorFile&) = default;
};

// A tensor to be written from where it lies.
struct TensorView {
  std::string name;
  Shape shape;
  ConstSpan data;  // [shape...]
};

// Whole or not at all, as write_atomic; the values are not copied on their way.
void write_safetensors(const std::filesystem::path& file, std::span<const TensorView> tensors,
                       const TensorMetadata& metadata);
void write_safetensors(const std::filesystem::path& file, const TensorFile& tensors);

// `name` stands for the bytes in errors. Throws Error unless header and values agree exactly; no
// more memory is taken than the bytes call for.
TensorFile read_safetensors(std::string_view bytes, const std::string& name);

}  // namespace goodfit
