// Tar: the plain files of an archive, found by header blocks of 512 bytes.
//
// Source: POSIX.1-1988 (ustar), IEEE Std 1003.1, "pax", ustar interchange format.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace goodfit {

struct TarFile {
  std::string name;        // without the folders before it
  std::string_view bytes;  // inside the archive
};

// `name` stands for the archive in errors. Throws Error when it is cut off or damaged.
std::vector<TarFile> read_tar(std::string_view archive, const std::string& name);

}  // namespace goodfit
