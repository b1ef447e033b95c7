// Zip testing: zip files for the tests of what reads them.
#pragma once
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

inline std::string little(std::size_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += char(value >> (8 * i) & 255);
  return text;
}

// Raw deflate: what gzip has between its head of 10 bytes and its tail of 8.
inline std::string deflated(const std::string& bytes) {
  const std::string packed = gzipped(bytes);
  return packed.substr(10, packed.size() - 18);
}

// Stored by method 0, deflated by 8, and told as any other.
inline std::string zipped(const std::vector<std::pair<std::string, std::string>>& files,
                          int method) {
  std::string bytes, directory;
  for (const auto& [name, content] : files) {
    const std::string data = method == 8 ? deflated(content) : content;
    const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
    const std::string common = little(20, 2) + little(0, 2) + little(std::size_t(method), 2) +
                               little(0, 4) + little(crc, 4) + little(data.size(), 4) +
                               little(content.size(), 4) + little(name.size(), 2);
    directory += "PK\x01\x02" + little(20, 2) + common + std::string(12, '\0') +
                 little(bytes.size(), 4) + name;
    bytes += "PK\x03\x04" + common + little(4, 2) + name + "more" + data;
  }
  return bytes + directory + "PK\x05\x06" + little(0, 4) + little(files.size(), 2) +
         little(files.size(), 2) + little(directory.size(), 4) + little(bytes.size(), 4) +
         little(0, 2);
}

}  // namespace goodfit
