#include "goodfit/cli/verbs/tar.hpp"

#include <cstdint>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

constexpr std::size_t block_bytes = 512;

// An octal number with spaces before it and a space or zero after it.
std::uint64_t octal(std::string_view field, const std::string& name) {
  const std::size_t begin = field.find_first_not_of(' ');
  std::uint64_t value = 0;
  bool any = false;
  for (const char c : field.substr(begin == field.npos ? field.size() : begin)) {
    if (c == ' ' || c == '\0') break;
    if (c < '0' || c > '7') fail("{}: the archive is damaged: bad number in a header", name);
    value = value * 8 + std::uint64_t(c - '0');  // at most 12 digits, which fit
    any = true;
  }
  if (!any) fail("{}: the archive is damaged: a number is missing in a header", name);
  return value;
}

void check_sum(std::string_view header, const std::string& name) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < block_bytes; ++i)  // its own field counts as spaces
    sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(header[i]);
  if (sum != octal(header.substr(148, 8), name))
    fail("{}: the archive is damaged: a header has the wrong check sum", name);
}

}  // namespace

std::vector<TarFile> read_tar(std::string_view archive, const std::string& name) {
  std::vector<TarFile> files;
  for (std::size_t at = 0;;) {
    if (archive.size() - at < block_bytes)
      fail("{}: the archive is cut off after {} bytes", name, archive.size());
    const std::string_view header = archive.substr(at, block_bytes);
    if (header.find_first_not_of('\0') == header.npos) return files;  // the mark of the end
    check_sum(header, name);
    const std::uint64_t size = octal(header.substr(124, 12), name);
    at += block_bytes;
    if (size > archive.size() - at)
      fail("{}: the archive is cut off after {} bytes", name, archive.size());
    const std::string_view path = header.substr(0, std::min<std::size_t>(100, header.find('\0')));
    const char type = header[156];
    if (type == '0' || type == '\0')
      files.push_back(
          {std::string(path.substr(path.rfind('/') + 1)), archive.substr(at, std::size_t(size))});
    at += std::min((std::size_t(size) + block_bytes - 1) / block_bytes * block_bytes,
                   archive.size() - at);
  }
}

}  // namespace goodfit
