// Album: many pictures decoded by many threads, all of one shape, into memory or when wanted.
//
// Which thread decodes which picture is chance; the samples, and the picture that an error names,
// are not. Beside the samples each thread keeps one picture.
#pragma once
#include "goodfit/parts/datasets/images.hpp"
#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {

class Album {
 public:
  // What the settings leave open is as in the first picture.
  Album(const Images& settings, const std::filesystem::path& first, const Wanted& wanted);

  const Shape& shape() const { return shape_; }

  // Samples without targets, in memory. Throws Error that names the first picture that cannot be
  // used.
  Samples read(const std::vector<std::filesystem::path>& pictures) const;
  // The same samples, each picture read from its file whenever it is wanted.
  Samples read_later(std::vector<std::filesystem::path> pictures) const;

 private:
  void decode(const std::filesystem::path& path, float* features) const;

  Images settings_;
  Shape shape_;
  int threads_;
};

}  // namespace goodfit
