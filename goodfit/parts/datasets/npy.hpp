// Npy: arrays that NumPy saved; one of samples, one of targets.
//
//   numpy.savez("data.npz", x=…, y=…)                     x [count, sample…]   y [count, …]
//   numpy.savez("data.npz", x_train=…, y_train=…, x_test=…, y_test=…)          with a test set
//                                                                and x_validation, y_validation
//   numpy.save("data/x.npy", …); numpy.save("data/y.npy", …)                   path = "data"
//
// Targets are numbers, or classes as whole numbers: indices from 0, or their names where they begin
// with another number. Images are [count, height, width, channels]; the values stay as they are,
// scaling is the business of the model's first layer. To predict, y may lack, and a single .npy
// file holds the samples.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Npy {
  std::string path = "";  // must be given
  std::string features = "x";
  std::string target = "y";

  static constexpr Card card{"npy", "Arrays of NumPy: .npz, or a folder of .npy files."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Npy::path, "the .npz file, or the folder"),
        field("features", &Npy::features,
              "array of samples; else NAME_train, and NAME_validation and NAME_test"),
        field("target", &Npy::target, "array of targets, named in the same way"),
    };
  }

  Data load(const Wanted& wanted) const;
};

}  // namespace goodfit
