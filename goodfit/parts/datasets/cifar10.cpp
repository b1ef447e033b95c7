#include "goodfit/parts/datasets/cifar10.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "goodfit/base/files.hpp"
#include "goodfit/parts/datasets/check_data.hpp"

namespace goodfit {
namespace {

constexpr Size pixels = 32 * 32, colors = 3, record = 1 + pixels * colors;

void read_batch(const std::filesystem::path& path, Samples& to) {
  const std::string bytes = read_file(path);
  if (bytes.empty() || Size(bytes.size()) % record != 0)
    fail("{}: has {} bytes, which is no whole number of pictures of {} bytes", path.string(),
         bytes.size(), record);
  to.shape = {32, 32, colors};
  for (std::size_t at = 0; at < bytes.size(); at += std::size_t(record)) {
    const auto* one = reinterpret_cast<const unsigned char*>(bytes.data()) + at;
    if (one[0] > 9)
      fail("{}: the label {} of picture {} is not allowed: labels are 0 to 9", path.string(),
           int(one[0]), Size(at) / record);
    to.targets.push_back(one[0]);
    for (Size pixel = 0; pixel < pixels; ++pixel)
      for (Size color = 0; color < colors; ++color)
        to.features.push_back(one[1 + color * pixels + pixel]);
  }
}

}  // namespace

Data Cifar10::load(const Wanted& wanted) const {
  const std::filesystem::path folder(path);
  Data data;
  for (int i = 1; i <= 5; ++i) {
    const auto file = folder / fmt::format("data_batch_{}.bin", i);
    if (std::filesystem::exists(file)) read_batch(file, data.train);
  }
  if (data.train.targets.empty())
    fail("{}: there is no data_batch_1.bin; \"goodfit data fetch cifar10 --out {}\" fetches it",
         path, path);
  if (const auto file = folder / "test_batch.bin"; std::filesystem::exists(file)) {
    data.test.emplace();
    read_batch(file, *data.test);
  }
  if (wanted.target != Wanted::Target::numbers)
    data.classes = {"airplane", "automobile", "bird",  "cat",  "deer",
                    "dog",      "frog",       "horse", "ship", "truck"};
  check_data(data, wanted, path, true);
  return data;
}

}  // namespace goodfit
