// Album: many pictures decoded by many threads, each into its place, all of one shape.
//
// Which thread decodes which picture is chance; the samples, and the picture that an error names,
// are not. Beside the samples each thread keeps one picture.
#pragma once
#include "goodfit/base/threads.hpp"
#include "goodfit/parts/datasets/images.hpp"
#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {

class Album {
 public:
  // What the settings leave open is as in the first picture. `settings` must outlive the album.
  Album(const Images& settings, const std::filesystem::path& first, const Wanted& wanted);

  // Throws Error that names the first picture that cannot be used; samples have no targets yet.
  Samples read(const std::vector<std::filesystem::path>& pictures);

 private:
  Picture picture_of(const std::filesystem::path& path, Size channels) const;

  const Images& settings_;
  Shape shape_;
  Threads threads_;
};

}  // namespace goodfit
