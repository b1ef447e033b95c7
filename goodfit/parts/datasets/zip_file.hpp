// Zip file: the files inside a .zip, stored or deflated, from the bytes of the whole.
//
//   … local header, name, extra, data …  |  central directory: an entry per file  |  end record
//
// The directory says where everything is; of a local header only its length counts. Sizes are
// checked against the bytes that are there before memory is taken, and each file against its
// CRC-32. Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace goodfit {

class ZipFile {
 public:
  // `bytes` must outlive it; `name` stands for them in errors. Throws Error when it is no zip file,
  // cut off, or larger than 4 GB.
  ZipFile(std::string_view bytes, std::string name);

  struct Entry {
    std::uint16_t flags, method;
    std::uint32_t crc;
    std::size_t packed, size, at;
  };
  const std::map<std::string, Entry>& entries() const { return entries_; }
  // Throws Error when its data are corrupt, encrypted, or packed by another method.
  std::string read(const std::string& entry) const;

 private:
  std::string_view bytes_;
  std::string name_;
  std::map<std::string, Entry> entries_;
};

bool is_zip(std::string_view bytes);

}  // namespace goodfit
