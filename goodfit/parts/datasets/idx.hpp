// Idx: the four files of MNIST, or of any set published in the same form, from one folder.
//
//   train-images-idx3-ubyte  train-labels-idx1-ubyte  t10k-images-idx3-ubyte t10k-labels-idx1-ubyte
//
// each as it is or with .gz; validation-images-idx3-ubyte and its labels may be there too, and are
// what chooses the best epoch then. Images [N, H, W] become samples [H, W, 1]; values stay as they
// are in the file (0 to 255), scaling is the business of the model's first layer. The 10,000 images
// of t10k are the test set. With target = "input", for models that give their input back, a sample
// is input and target alike, as shares of 255.
// Source: LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document
// recognition", section III-A.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Idx {
  std::string path = "data/mnist";
  std::string target = "label";

  static constexpr Card card{"idx", "Images and labels in MNIST's IDX files."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Idx::path, "folder with the four files, plain or .gz"),
        field("target", &Idx::target, Choices{"label", "input"},
              "what is predicted: the label, or the image itself, then scaled to 0 … 1"),
    };
  }

  Data load(const Wanted& wanted) const;
};

}  // namespace goodfit
