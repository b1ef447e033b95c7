#include "goodfit/parts/datasets/npy.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/gzip.hpp"
#include "goodfit/parts/datasets/npy_file.hpp"
#include "goodfit/parts/datasets/number_classes.hpp"
#include "goodfit/parts/datasets/zip_file.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view ending = ".npy";

// Arrays by their names, in one file or in a folder.
class Arrays {
 public:
  explicit Arrays(const std::string& path) : path_(path) {
    if (fs::is_directory(path)) {
      for (const auto& entry : fs::directory_iterator(path))
        if (entry.path().extension() == ending) names_.push_back(entry.path().stem().string());
      std::sort(names_.begin(), names_.end());
      return;
    }
    bytes_ = read_maybe_gzip(path);
    if (!is_zip(bytes_)) return;
    zip_.emplace(bytes_, path);
    for (const auto& [name, _] : zip_->entries())
      if (name.ends_with(ending)) names_.push_back(name.substr(0, name.size() - ending.size()));
  }

  // A file that is one array, without a name.
  bool is_single() const { return !bytes_.empty() && !zip_; }
  NpyFile single() const { return read_npy(bytes_, path_); }

  // The array of that name or, for training, the one that ends in _train.
  std::optional<NpyFile> find(const std::string& name) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    if (at == names_.end()) return std::nullopt;
    const std::string file = name + std::string(ending);
    if (zip_) return read_npy(zip_->read(file), place(name));
    return read_npy(read_maybe_gzip(place(name)), place(name));
  }
  std::optional<NpyFile> find_for_training(const std::string& name) const {
    auto found = find(name);
    return found ? std::move(found) : find(name + "_train");
  }

  std::string place(const std::string& name) const {
    return path_ + "/" + name + std::string(ending);
  }
  [[noreturn]] void fail_missing(const std::string& name, std::string_view setting) const {
    if (names_.empty()) fail("{}: holds no .npy arrays", path_);
    fail("{}: there is no array {} or {}_train; name another by {}; there are {}", path_, name,
         name, setting, joined(names_, ", "));
  }

 private:
  std::string path_, bytes_;
  std::optional<ZipFile> zip_;
  std::vector<std::string> names_;
};

Samples samples_of(NpyFile x, std::optional<NpyFile> y, const std::string& name,
                   const std::string& target_name) {
  if (x.shape.rank() < 1)
    fail("{}: is a single number; an array [count, …] of samples is needed", name);
  Samples samples{.shape = x.shape.without_first()};
  if (x.shape.rank() == 1) samples.shape = {1};
  samples.features = std::move(x.values);
  samples.target_width = 0;
  if (!y) return samples;
  if (y->shape.rank() < 1 || y->shape.front() != x.shape.front())
    fail("{}: has shape {} for the {} samples of {}", target_name, y->shape.text(), x.shape.front(),
         name);
  samples.target_width = y->shape.row();
  samples.targets = std::move(y->values);
  return samples;
}

// Whether labels are names of classes and not their indices, which begin with 0.
bool have_names(const Data& data) {
  const std::vector<float>& labels = data.train.targets;
  if (data.classes.empty())
    return !labels.empty() && *std::min_element(labels.begin(), labels.end()) != 0;
  for (std::size_t i = 0; i < data.classes.size(); ++i)
    if (data.classes[i] != fmt::format("{}", i)) return true;
  return false;
}

}  // namespace

Data Npy::load(const Wanted& wanted) const {
  if (path.empty()) fail("npy.path is missing: must name a file or a folder");
  const Arrays arrays(path);
  const bool with_targets = wanted.target != Wanted::Target::none;
  Data data;
  if (arrays.is_single()) {
    if (with_targets)
      fail(
          "{}: is one array, the samples; targets are needed: an .npz file, or a folder, with {} "
          "and {}",
          path, features, target);
    data.train = samples_of(arrays.single(), std::nullopt, path, "");
  } else {
    auto x = arrays.find_for_training(features);
    if (!x) arrays.fail_missing(features, "npy.features");
    auto y = with_targets ? arrays.find_for_training(target) : std::nullopt;
    if (!y && with_targets) arrays.fail_missing(target, "npy.target");
    data.train =
        samples_of(std::move(*x), std::move(y), arrays.place(features), arrays.place(target));
    const auto set_of = [&](const std::string& set) -> std::optional<Samples> {
      if (!with_targets) return std::nullopt;
      auto more = arrays.find(features + set), goals = arrays.find(target + set);
      if (!more || !goals) return std::nullopt;
      return samples_of(std::move(*more), std::move(goals), arrays.place(features + set),
                        arrays.place(target + set));
    };
    data.validation = set_of("_validation");
    data.test = set_of("_test");
  }
  data.classes = wanted.classes;
  if (wanted.target == Wanted::Target::classes && have_names(data)) {
    const auto place = [&](const std::string& array, const Samples& samples) {
      return [name = arrays.place(array), width = std::size_t(samples.target_width)](
                 std::size_t i) { return fmt::format("{}: sample {}", name, i / width); };
    };
    number_classes(data.train, data.classes, place(target, data.train));
    if (data.validation)
      number_classes(*data.validation, data.classes,
                     place(target + "_validation", *data.validation));
    if (data.test) number_classes(*data.test, data.classes, place(target + "_test", *data.test));
  }
  check_data(data, wanted, path);
  return data;
}

}  // namespace goodfit
