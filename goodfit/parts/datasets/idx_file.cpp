#include "goodfit/parts/datasets/idx_file.hpp"

#include <fmt/core.h>

#include <bit>
#include <cstring>
#include <type_traits>

#include "goodfit/base/error.hpp"
#include "goodfit/base/machine.hpp"

namespace goodfit {
namespace {

// The bytes of an unsigned number, first one highest, whatever the machine.
template <class Bits>
Bits big_endian(const char* at) {
  Bits bits = 0;
  for (std::size_t i = 0; i < sizeof(Bits); ++i)
    bits = Bits(bits << 8 | Bits(static_cast<unsigned char>(at[i])));
  return bits;
}

template <class Number, class Bits>
std::vector<float> numbers(const char* from, std::size_t count) {
  std::vector<float> all(count);
  for (float& value : all) {
    value = float(std::bit_cast<Number>(big_endian<Bits>(from)));
    from += sizeof(Number);
  }
  return all;
}

template <class Byte>
std::vector<float> bytes_as_numbers(const char* from, std::size_t count) {
  const Byte* first = reinterpret_cast<const Byte*>(from);
  std::vector<float> all = room_for(count);
  all.assign(first, first + count);
  return all;
}

struct Type {
  std::uint64_t width;
  bool whole;
  std::vector<float> (*numbers)(const char* from, std::size_t count);
};

Type type_of(unsigned char code, const std::string& name) {
  switch (code) {
    case 0x08:
      return {1, true, bytes_as_numbers<unsigned char>};
    case 0x09:
      return {1, true, bytes_as_numbers<signed char>};
    case 0x0B:
      return {2, true, numbers<std::int16_t, std::uint16_t>};
    case 0x0C:
      return {4, true, numbers<std::int32_t, std::uint32_t>};
    case 0x0D:
      return {4, false, numbers<float, std::uint32_t>};
    case 0x0E:
      return {8, false, numbers<double, std::uint64_t>};
    default:
      fail(
          "{}: type {} of the IDX header is not allowed: must be 0x08, 0x09, 0x0b, "
          "0x0c, 0x0d or 0x0e",
          name, fmt::format("{:#04x}", code));
  }
}

}  // namespace

IdxFile read_idx(std::string_view bytes, const std::string& name) {
  if (bytes.size() < 4)
    fail("{}: is too short for an IDX file: expected at least 4 bytes, found {}", name,
         bytes.size());
  if (bytes[0] != 0 || bytes[1] != 0)
    fail("{}: is not an IDX file: must begin with two zero bytes", name);
  const Type type = type_of(static_cast<unsigned char>(bytes[2]), name);
  const unsigned rank = static_cast<unsigned char>(bytes[3]);
  if (rank < 1 || rank > 4)
    fail("{}: rank {} of the IDX header is not allowed: must be 1 to 4", name, rank);
  const std::uint64_t header = 4 + 4 * std::uint64_t{rank};
  if (bytes.size() < header)
    fail("{}: the IDX header is cut off: expected {} bytes, found {}", name, header, bytes.size());

  IdxFile file;
  std::uint64_t count = 1;
  for (unsigned axis = 0; axis < rank; ++axis) {
    const std::uint32_t extent = big_endian<std::uint32_t>(bytes.data() + 4 + 4 * axis);
    file.shape.push(Size(extent));
    // Beyond 2^40 values no file can hold it, and the next extent could overflow.
    if (__builtin_mul_overflow(count, extent, &count) || count > std::uint64_t{1} << 40)
      fail("{}: the IDX header says more values than a file can hold, found {} bytes", name,
           bytes.size());
  }
  const std::uint64_t expected = header + count * type.width;
  if (bytes.size() != expected)
    fail("{}: the IDX header says shape {}, expected {} bytes, found {}; the file is {}", name,
         file.shape.text(), expected, bytes.size(),
         bytes.size() < expected ? "cut off" : "too long");
  file.whole = type.whole;
  file.values = type.numbers(bytes.data() + header, std::size_t(count));
  return file;
}

}  // namespace goodfit
