#include "goodfit/base/crc32c.hpp"

#include <array>

namespace goodfit {
namespace {

constexpr std::array<std::uint32_t, 256> table_of() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t remainder = i;
    for (int bit = 0; bit < 8; ++bit)
      remainder = remainder >> 1 ^ (remainder & 1 ? 0x82F63B78u : 0u);
    table[i] = remainder;
  }
  return table;
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> table = table_of();
  std::uint32_t sum = ~0u;
  for (const char c : bytes) sum = table[(sum ^ static_cast<unsigned char>(c)) & 255] ^ sum >> 8;
  return ~sum;
}

}  // namespace goodfit
