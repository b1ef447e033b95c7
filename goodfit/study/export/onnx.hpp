// ONNX: a run's model as one file that other programs run, ONNX Runtime among them.
//
//   input          [N, sample…]  what the dataset gives: raw numbers, images as [N, H, W, C]
//   label          [N]           names of classes, where the model knows them
//   probabilities  [N, classes]  of a classifier; scores of one that has no probabilities (hinge)
//   prediction     [N, outputs]  of numbers, in the unit of the targets; with a deviation beside it
//                                where the loss tells one (gaussian_nll)
//
// These are the numbers of `goodfit predict`. Standardization is inside, batch norms are part of
// the weights before them. Names of features and classes are metadata: "features" and "classes",
// JSON lists.
#pragma once
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/parts/losses/loss.hpp"
#include "goodfit/train/trainer/run.hpp"

namespace goodfit {

// Bytes of the file. Throws Error that names the layer which cannot be exported.
std::string onnx_of(const Run& run);

// The same of layers alone, whose weights are in the store.
std::string onnx_of(const std::vector<Layer>& layers, const Signature& signature, Meaning meaning,
                    const Store& store);

}  // namespace goodfit
