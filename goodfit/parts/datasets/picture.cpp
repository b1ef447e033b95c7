#include "goodfit/parts/datasets/picture.hpp"

#include <png.h>
#include <turbojpeg.h>

#include <memory>

#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/orientation.hpp"

namespace goodfit {
namespace {

constexpr Size most_pixels = 32768;  // on a side

enum class Read { all, head };  // the head tells all but the pixels

Picture sized(Size height, Size width, Size channels, Read what, const std::string& name) {
  if (height < 1 || width < 1 || height > most_pixels || width > most_pixels)
    fail("{}: a picture of {} × {} pixels is not allowed: 1 to {} on each side", name, height,
         width, most_pixels);
  Picture made{height, width, channels};
  if (what == Read::all) made.pixels.resize(std::size_t(height * width * channels));
  return made;
}

Picture read_png(const std::string& bytes, Size channels, Read what, const std::string& name) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const std::unique_ptr<png_image, void (*)(png_image*)> freed(&image, png_image_free);
  if (!png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()))
    fail("{}: the PNG file is corrupt: {}", name, image.message);
  const bool colors = image.format & PNG_FORMAT_FLAG_COLOR;
  if (channels == 0) channels = colors ? 3 : 1;
  Picture made = sized(image.height, image.width, channels, what, name);
  if (what == Read::head) return made;
  image.format = channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  const png_color black{0, 0, 0};
  if (!png_image_finish_read(&image, &black, made.pixels.data(), 0, nullptr))
    fail("{}: the PNG file is corrupt: {}", name, image.message);
  return made;
}

Picture read_jpeg(const std::string& bytes, Size channels, Read what, const std::string& name) {
  const std::unique_ptr<void, int (*)(tjhandle)> reader(tjInitDecompress(), tjDestroy);
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  int width = 0, height = 0, sampling = 0, colors = 0;
  if (tjDecompressHeader3(reader.get(), data, bytes.size(), &width, &height, &sampling, &colors))
    fail("{}: the JPEG file is corrupt: {}", name, tjGetErrorStr2(reader.get()));
  if (channels == 0) channels = colors == TJCS_GRAY ? 1 : 3;
  Picture made = sized(height, width, channels, what, name);
  if (what == Read::head) return made;
  if (tjDecompress2(reader.get(), data, bytes.size(), made.pixels.data(), width, 0, height,
                    channels == 3 ? TJPF_RGB : TJPF_GRAY, 0))
    fail("{}: the JPEG file is corrupt: {}", name, tjGetErrorStr2(reader.get()));
  return made;
}

Picture read(const std::filesystem::path& path, Size channels, Read what) {
  const std::string bytes = read_file(path), name = path.string();
  if (bytes.starts_with("\x89PNG")) return read_png(bytes, channels, what, name);
  if (bytes.starts_with("\xff\xd8"))
    return upright(read_jpeg(bytes, channels, what, name), orientation_of(bytes));
  fail("{}: is neither a PNG nor a JPEG file; convert it to one of them", name);
}

}  // namespace

bool is_picture_name(const std::filesystem::path& path) {
  const std::string ending = lower_case(path.extension().string());
  return ending == ".png" || ending == ".jpg" || ending == ".jpeg";
}

Picture read_picture(const std::filesystem::path& path, Size channels) {
  return read(path, channels, Read::all);
}

Picture picture_head(const std::filesystem::path& path) { return read(path, 0, Read::head); }

std::string png(const Picture& picture) {
  must(picture.channels == 1 || picture.channels == 3, "a PNG file of other channels");
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = png_uint_32(picture.width);
  image.height = png_uint_32(picture.height);
  image.format = picture.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (!png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr))
    fail_run("a picture of {} × {} pixels cannot be written: {}", picture.height, picture.width,
             image.message);
  bytes.resize(size);
  return bytes;
}

}  // namespace goodfit
