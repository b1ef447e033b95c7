#include "goodfit/parts/datasets/images.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "goodfit/base/machine.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/album.hpp"
#include "goodfit/parts/datasets/check_data.hpp"

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

struct Labelled {
  std::vector<fs::path> pictures = {};
  std::vector<float> labels = {};
};

// One folder of pictures for each class. Classes that are not known yet are added.
Labelled find_classes(const fs::path& folder, bool may_add, std::vector<std::string>& classes) {
  Labelled found;
  for (const fs::path& one : folders_in(folder)) {
    const std::vector<fs::path> pictures = pictures_in(one);
    if (pictures.empty()) continue;
    const std::string name = one.filename().string();
    auto at = std::find(classes.begin(), classes.end(), name);
    if (at == classes.end()) {
      if (!may_add)
        fail("{}: {} is not a class of the training pictures; they are {}", one.string(),
             in_quotes(name), joined(classes, ", "));
      at = classes.insert(at, name);
    }
    found.pictures.insert(found.pictures.end(), pictures.begin(), pictures.end());
    found.labels.resize(found.pictures.size(), float(at - classes.begin()));
  }
  return found;
}

fs::path training_folder(const fs::path& root) {
  return fs::is_directory(root / "train") ? root / "train" : root;
}

}  // namespace

std::vector<fs::path> class_pictures(const std::string& path) {
  std::vector<std::string> classes;
  if (!fs::is_directory(path)) return {};
  return find_classes(training_folder(path), true, classes).pictures;
}

std::string Images::conflict() const {
  if (channels == 2) return "channels = 2 is not allowed: must be 0, 1 or 3";
  if ((height == 0) != (width == 0))
    return fmt::format("height = {} with width = {} is not allowed: give both, or none", height,
                       width);
  return "";
}

Data Images::load(const Wanted& wanted) const {
  if (path.empty()) fail("images.path is missing: must name a folder");
  const fs::path root(path);
  if (!fs::is_directory(root)) fail("{}: there is no such folder", path);
  Data data{.classes = wanted.classes};
  const std::vector<fs::path> loose = pictures_in(root);
  Labelled train, validation, test;
  if (!loose.empty() && wanted.target == Wanted::Target::none) {
    train.pictures = loose;
  } else {
    const fs::path trained = training_folder(root);
    train = find_classes(trained, data.classes.empty(), data.classes);
    const auto beside = [&](const char* name) {
      if (trained == root || !fs::is_directory(root / name)) return Labelled{};
      return find_classes(root / name, false, data.classes);
    };
    validation = beside("validation");
    if (validation.pictures.empty()) validation = beside("val");
    test = beside("test");
  }
  if (train.pictures.empty())
    fail("{}: there are no pictures (.png, .jpg, .jpeg) in folders named after their classes",
         path);
  Album album(*this, train.pictures.front(), wanted);
  const double samples =
      double(train.pictures.size() + validation.pictures.size() + test.pictures.size());
  const double bytes = samples * double(album.shape().count()) * sizeof(float);
  const bool too_large = keep == "auto" && bytes > free_memory() / 2;
  if (too_large)
    data.remarks.push_back(
        fmt::format("the samples take {:.3g} GB, more than half of the memory that is free: "
                    "pictures are read from their files in each epoch",
                    bytes / (1 << 30)));
  const auto read = [&](Labelled& from) {
    Samples made = keep == "files" || too_large ? album.read_later(std::move(from.pictures))
                                                : album.read(from.pictures);
    made.targets = std::move(from.labels);
    return made;
  };
  data.train = read(train);
  if (data.train.targets.empty()) data.train.target_width = 0;
  if (!validation.pictures.empty()) data.validation = read(validation);
  if (!test.pictures.empty()) data.test = read(test);
  if (wanted.target == Wanted::Target::numbers) data.classes.clear();
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
