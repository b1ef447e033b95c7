#include "goodfit/parts/datasets/images.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/picture.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

// What lies in a folder, by name, so that the order is the same everywhere.
template <class Keep>
std::vector<fs::path> sorted(const fs::path& folder, Keep keep) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator i(folder, error), end; !error && i != end; i.increment(error))
    if (!i->path().filename().string().starts_with('.') && keep(*i)) found.push_back(i->path());
  if (error) fail("{}: cannot be read: {}", folder.string(), error.message());
  std::sort(found.begin(), found.end());
  return found;
}
std::vector<fs::path> folders_in(const fs::path& folder) {
  return sorted(folder, [](const fs::directory_entry& one) { return one.is_directory(); });
}
std::vector<fs::path> pictures_in(const fs::path& folder) {
  return sorted(folder, [](const fs::directory_entry& one) {
    return one.is_regular_file() && is_picture_name(one.path());
  });
}

// Pictures of one shape, that of the first.
class Album {
 public:
  explicit Album(Size channels) : channels_(channels) {}

  void add(const fs::path& path, Samples& to) {
    const Picture picture = read_picture(path, channels_);
    channels_ = picture.channels;
    const Shape shape{picture.height, picture.width, picture.channels};
    if (shape_.rank() == 0) shape_ = shape;
    if (shape != shape_)
      fail("{}: has {} × {} pixels, those before it {} × {}; bring all pictures to one size",
           path.string(), shape[0], shape[1], shape_[0], shape_[1]);
    to.shape = shape;
    to.features.insert(to.features.end(), picture.pixels.begin(), picture.pixels.end());
  }

 private:
  Size channels_;
  Shape shape_{};
};

// One folder of pictures for each class. Classes that are not known yet are added.
Samples read_classes(const fs::path& folder, bool may_add, std::vector<std::string>& classes,
                     Album& album) {
  Samples samples;
  for (const fs::path& one : folders_in(folder)) {
    const std::vector<fs::path> pictures = pictures_in(one);
    if (pictures.empty()) continue;
    const std::string name = one.filename().string();
    auto at = std::find(classes.begin(), classes.end(), name);
    if (at == classes.end()) {
      if (!may_add)
        fail("{}: {} is not a class of the training pictures; they are {}", one.string(),
             in_quotes(name), fmt::join(classes, ", "));
      at = classes.insert(at, name);
    }
    const auto label = float(at - classes.begin());
    for (const fs::path& picture : pictures) {
      album.add(picture, samples);
      samples.targets.push_back(label);
    }
  }
  return samples;
}

}  // namespace

Data Images::load(const Wanted& wanted) const {
  if (path.empty()) fail("images.path is missing: must name a folder");
  const fs::path root(path);
  if (!fs::is_directory(root)) fail("{}: there is no such folder", path);
  Album album(channels);
  Data data;
  const std::vector<fs::path> loose = pictures_in(root);
  if (!loose.empty() && wanted.target == Wanted::Target::none) {
    for (const fs::path& picture : loose) album.add(picture, data.train);
    data.train.target_width = 0;
    data.classes = wanted.classes;
  } else {
    const bool parts = fs::is_directory(root / "train");
    data.classes = wanted.classes;
    data.train =
        read_classes(parts ? root / "train" : root, data.classes.empty(), data.classes, album);
    if (data.train.features.empty())
      fail("{}: there are no pictures (.png, .jpg, .jpeg) in folders named after their classes",
           path);
    if (parts && fs::is_directory(root / "test"))
      data.test = read_classes(root / "test", false, data.classes, album);
  }
  if (wanted.target == Wanted::Target::numbers) data.classes.clear();
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
