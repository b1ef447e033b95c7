// Picture testing: PNG and JPEG files for the tests of what reads them.
#pragma once
#include <png.h>
#include <turbojpeg.h>

#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

inline std::string png(const Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = png_uint_32(picture.width);
  image.height = png_uint_32(picture.height);
  image.format = picture.channels == 3 ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, picture.pixels.data(), 0, nullptr);
  std::string bytes(size, '\0');
  png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr);
  bytes.resize(size);
  return bytes;
}

inline std::string jpeg(const Picture& picture) {
  const tjhandle writer = tjInitCompress();
  unsigned char* made = nullptr;
  unsigned long size = 0;
  tjCompress2(writer, picture.pixels.data(), int(picture.width), 0, int(picture.height),
              picture.channels == 3 ? TJPF_RGB : TJPF_GRAY, &made, &size,
              picture.channels == 3 ? TJSAMP_444 : TJSAMP_GRAY, 95, 0);
  std::string bytes(reinterpret_cast<char*>(made), size);
  tjFree(made);
  tjDestroy(writer);
  return bytes;
}

}  // namespace goodfit
