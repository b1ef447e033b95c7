// PyTorch layers: how each layer of a recipe is written in Python.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace goodfit {

// A text with places: {in} and {out} channels, {in_shape} and {out_shape} of a sample, {kernel},
// {stride}, {dilation} and {padding} of windows, {bias} and {affine} whether there is one, {rank} 2
// of images and 1 of sequences, a few for one layer alone, and the settings by their keys.
struct TorchLayer {
  std::string_view key, python;
};
std::span<const TorchLayer> torch_layers();

// A class that PyTorch lacks, and its name; later ones may build on those before.
struct TorchHelper {
  std::string_view name, python;
};
std::span<const TorchHelper> torch_helpers();

}  // namespace goodfit
