#include "goodfit/parts/datasets/idx.hpp"

#include <filesystem>

#include "goodfit/parts/datasets/check_data.hpp"
#include "goodfit/parts/datasets/gzip.hpp"
#include "goodfit/parts/datasets/idx_file.hpp"

namespace goodfit {
namespace {

std::optional<std::filesystem::path> find_any(const std::filesystem::path& folder,
                                              const std::string& name) {
  std::error_code ignored;
  for (const char* ending : {"", ".gz"})
    if (auto path = folder / (name + ending); std::filesystem::exists(path, ignored)) return path;
  return std::nullopt;
}

std::filesystem::path find(const std::filesystem::path& folder, const std::string& name) {
  if (const auto path = find_any(folder, name)) return *path;
  fail("{}: there is no {} or {}.gz; \"goodfit data fetch mnist --out {}\" fetches it",
       folder.string(), name, name, folder.string());
}

// Samples that are no whole numbers make `whole` false.
Samples read_set(const std::filesystem::path& folder, const std::string& prefix, bool& whole) {
  const auto images_path = find(folder, prefix + "-images-idx3-ubyte");
  const auto labels_path = find(folder, prefix + "-labels-idx1-ubyte");
  IdxFile images = read_idx(read_maybe_gzip(images_path), images_path.string());
  IdxFile labels = read_idx(read_maybe_gzip(labels_path), labels_path.string());
  if (labels.shape.rank() != 1)
    fail("{}: labels have shape {}, expected [count]", labels_path.string(), labels.shape.text());
  if (images.shape.rank() < 2)
    fail("{}: images have shape {}, expected [count, height, width]", images_path.string(),
         images.shape.text());
  if (images.shape.front() != labels.shape.front())
    fail("{}: has {} labels for the {} images of {}", labels_path.string(), labels.shape.front(),
         images.shape.front(), images_path.string());
  whole = whole && images.whole;
  Samples samples;
  samples.shape = images.shape.without_first();
  if (samples.shape.rank() == 2) samples.shape.push(1);
  samples.features = std::move(images.values);
  samples.targets = std::move(labels.values);
  return samples;
}

void aim_at_the_input(Samples& samples) {
  for (float& pixel : samples.features) pixel /= 255;
  samples.target_width = samples.shape.count();
  samples.targets = samples.features;
}

}  // namespace

Data Idx::load(const Wanted& wanted) const {
  Data data;
  bool whole = true;
  data.train = read_set(path, "train", whole);
  if (find_any(path, "validation-images-idx3-ubyte"))
    data.validation = read_set(path, "validation", whole);
  data.test = read_set(path, "t10k", whole);
  if (target == "input") {
    if (wanted.target == Wanted::Target::classes)
      fail("{}: target = \"input\" gives numbers from 0 to 1, not classes: take mse as the loss",
           path);
    aim_at_the_input(data.train);
    aim_at_the_input(*data.test);
    if (data.validation) aim_at_the_input(*data.validation);
  }
  check_data(data, wanted, path, whole);
  return data;
}

}  // namespace goodfit
