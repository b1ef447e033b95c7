// Data files: from a file to samples in memory, as a run begins.
//
//   floor: the file's bytes read, four bytes of each feature written
#include <fmt/core.h>
#include <png.h>
#include <turbojpeg.h>
#include <unistd.h>

#include <cmath>
#include <functional>

#include "bench/workloads/catalogue.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/goodfit.hpp"

namespace goodfit::bench {
namespace {

namespace fs = std::filesystem;

struct File {
  std::string name;  // below the folder
  std::string bytes;
};
using Files = std::vector<File>;

class Folder {
 public:
  explicit Folder(const Files& files) {
    std::string form = (fs::temp_directory_path() / "goodfit_bench_XXXXXX").string();
    if (!mkdtemp(form.data())) fail("{}: no folder can be made there", form);
    path_ = form;
    for (const File& file : files) {
      make_folder((path_ / file.name).parent_path());
      write_atomic(path_ / file.name, file.bytes);
    }
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

class Reading final : public Workload {
 public:
  using Load = Data (*)(const fs::path& folder);
  Reading(Files files, Load load) : files_(std::move(files)), folder_(files_), load_(load) {}

  void step() override { load_(folder_.path()); }

  double check() override {  // the mean of the features, a byte's in 255 parts
    const Data data = load_(folder_.path());
    double sum = 0;
    for (const float x : data.train.features) sum += double(x);
    return sum / 255 / double(data.train.features.size());
  }

  // Each file's bytes as numbers, for the peer to write them down.
  TensorFile shared() const override {
    TensorFile all;
    for (const File& file : files_) {
      std::vector<float> bytes;
      for (const char c : file.bytes) bytes.push_back(float(static_cast<unsigned char>(c)));
      const Size size = Size(bytes.size());
      all.tensors.push_back({file.name, {size}, std::move(bytes)});
    }
    return all;
  }

  Floor floor() const override {
    double bytes = 0;
    for (const File& file : files_) bytes += double(file.bytes.size());
    return {0, bytes + 4.0 * double(load_(folder_.path()).train.features.size()), true};
  }

 private:
  Files files_;
  Folder folder_;
  Load load_;
};

Data load(const Dataset& dataset, Wanted::Target target) {
  return dataset.load({.target = target, .width = 0, .classes = {}});
}

// A head of the IDX form: its magic number, then the extents, high byte first.
std::string idx_file(const Shape& shape, const std::string& values) {
  std::string file{'\0', '\0', '\x08', char(shape.rank())};
  for (const Size extent : shape)
    for (const int shift : {24, 16, 8, 0}) file += char(extent >> shift);
  return file + values;
}

std::string random_bytes(Size count, Size limit) {
  Random random(1, stream_of("bytes"));
  std::string bytes;
  for (Size i = 0; i < count; ++i) bytes += char(random.below(limit));
  return bytes;
}

constexpr Size pictures = 64, side = 160;

// A smooth pattern with some noise, as photographs have both.
std::vector<unsigned char> picture(Size number) {
  Random random(1, stream_of("picture"), std::uint32_t(number));
  std::vector<unsigned char> pixels;
  for (Size y = 0; y < side; ++y)
    for (Size x = 0; x < side; ++x)
      for (Size c = 0; c < 3; ++c)
        pixels.push_back(static_cast<unsigned char>(
            120 + 90 * std::sin(0.02 * double((x + c * 20) * (number % 5 + 1)) + 0.03 * double(y)) +
            double(random.below(20))));
  return pixels;
}

std::string png(const std::vector<unsigned char>& pixels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = image.height = png_uint_32(side);
  image.format = PNG_FORMAT_RGB;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  std::string bytes(size, '\0');
  png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr);
  bytes.resize(size);
  return bytes;
}

std::string jpeg(const std::vector<unsigned char>& pixels) {
  const tjhandle writer = tjInitCompress();
  unsigned char* made = nullptr;
  unsigned long size = 0;
  tjCompress2(writer, pixels.data(), int(side), 0, int(side), TJPF_RGB, &made, &size, TJSAMP_420,
              90, 0);
  std::string bytes(reinterpret_cast<char*>(made), size);
  tjFree(made);
  tjDestroy(writer);
  return bytes;
}

std::unique_ptr<Workload> reading_pictures(
    const char* ending, std::string (*encode)(const std::vector<unsigned char>&)) {
  Files files;
  for (Size i = 0; i < pictures; ++i)
    files.push_back(
        {fmt::format("{}/{:03}.{}", i % 2 ? "odd" : "even", i, ending), encode(picture(i))});
  return std::make_unique<Reading>(std::move(files), [](const fs::path& folder) {
    return load(Images{.path = folder.string()}, Wanted::Target::classes);
  });
}

}  // namespace

std::unique_ptr<Workload> reading_idx(Threads&) {
  constexpr Size count = 10000, few = 10;
  const auto images = [](Size n) { return idx_file({n, 28, 28}, random_bytes(n * 784, 256)); };
  const auto labels = [](Size n) { return idx_file({n}, random_bytes(n, 10)); };
  return std::make_unique<Reading>(Files{{"train-images-idx3-ubyte", images(count)},
                                         {"train-labels-idx1-ubyte", labels(count)},
                                         {"t10k-images-idx3-ubyte", images(few)},
                                         {"t10k-labels-idx1-ubyte", labels(few)}},
                                   [](const fs::path& folder) {
                                     return load(Idx{.path = folder.string()},
                                                 Wanted::Target::classes);
                                   });
}

std::unique_ptr<Workload> reading_csv(Threads&) {
  constexpr Size rows = 20000, columns = 20;
  Random random(1, stream_of("table"));
  std::string text;
  for (Size i = 0; i < rows; ++i)
    for (Size j = 0; j <= columns; ++j)
      text += fmt::format("{:.5g}{}", random.normal(), j == columns ? '\n' : ',');
  return std::make_unique<Reading>(Files{{"table.csv", text}}, [](const fs::path& folder) {
    return load(Csv{.path = (folder / "table.csv").string(), .header = "no"},
                Wanted::Target::numbers);
  });
}

std::unique_ptr<Workload> reading_png(Threads&) { return reading_pictures("png", png); }
std::unique_ptr<Workload> reading_jpeg(Threads&) { return reading_pictures("jpg", jpeg); }

}  // namespace goodfit::bench
