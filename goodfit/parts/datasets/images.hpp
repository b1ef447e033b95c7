// Images: pictures in folders that are named after their classes.
//
//   PATH/train/cat/0001.jpg   PATH/test/dog/7.png     test is the test set, validation or val what
//                                                     chooses the best epoch; either may lack
//   PATH/cat/0001.jpg         PATH/dog/7.png          without train, all is for training
//   PATH/0001.jpg             PATH/7.png              to predict: no classes are known
//
// PNG and JPEG become samples [height, width, channels] of numbers from 0 to 255; scaling is the
// business of the model's first layer. With height and width, pictures of any size are brought to
// that one, for training and for predictions alike; without them all must be of one size. Classes
// have the order of their names, and so have the pictures of a class; other files and what begins
// with a dot are passed over.
//
// A set that the memory does not hold is read from its files while it is trained on, ahead of the
// steps: the samples, and so the model, are the same.
#pragma once
#include <filesystem>

#include "goodfit/parts/datasets/dataset.hpp"

namespace goodfit {

struct Images {
  std::string path;
  Size channels = 0;
  Size height = 0, width = 0;
  std::string fit = "crop";
  std::string keep = "auto";

  static constexpr Card card{"images", "PNG and JPEG pictures, a folder for each class."};
  static constexpr auto fields() {
    return Fields{
        field("path", &Images::path, "folder with a folder of pictures for each class"),
        field("channels", &Images::channels, within(0, 3),
              "1 makes them gray, 3 red, green and blue; 0: as the first picture"),
        field("height", &Images::height, within(0, 32768),
              "pixels, with width; 0: as they are, all of one size"),
        field("width", &Images::width, within(0, 32768), "pixels, with height"),
        field("fit", &Images::fit, Choices{"crop", "stretch", "pad"},
              "how pictures get there: crop cuts the middle out, stretch bends proportions, pad "
              "adds black"),
        field("keep", &Images::keep, Choices{"auto", "memory", "files"},
              "where the samples are: in memory, or in their files, which are read again in each "
              "epoch; auto: in memory when they take no more than half of what is free"),
    };
  }
  std::string conflict() const;

  Data load(const Wanted& wanted) const;
};

// The pictures for training below a folder, those of one class after the other; empty when there
// are none, or no such folder.
std::vector<std::filesystem::path> class_pictures(const std::string& path);

}  // namespace goodfit
