// Cifar10: the six files of CIFAR-10 in its binary form, from one folder.
//
//   data_batch_1.bin … data_batch_5.bin   test_batch.bin        10,000 pictures each
//   a picture: label, 1024 red, 1024 green, 1024 blue, a byte each, row by row
//
// Samples are [32, 32, 3] of numbers from 0 to 255, channels last; test_batch is the test set. The
// folder may have less than five batches for training, so that a first try is short.
// Source: Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images", and its page.
#pragma once
#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Cifar10 {
  std::string path = "data/cifar10";

  static constexpr Card card{"cifar10", "CIFAR-10 in its binary files."};
  static constexpr auto fields() {
    return Fields{field("path", &Cifar10::path, "folder with data_batch_1.bin and so on")};
  }

  Data load(const Wanted& wanted) const;
};

}  // namespace goodfit
