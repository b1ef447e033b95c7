// Picture testing: JPEG files for the tests of what reads them.
#pragma once
#include <turbojpeg.h>

#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

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
