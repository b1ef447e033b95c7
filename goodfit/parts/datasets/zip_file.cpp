#include "goodfit/parts/datasets/zip_file.hpp"

#include <zlib.h>

#include <algorithm>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

constexpr std::string_view local_sign = "PK\x03\x04", entry_sign = "PK\x01\x02",
                           end_sign = "PK\x05\x06";
constexpr std::size_t local_size = 30, entry_size = 46, end_size = 22;

[[noreturn]] void fail_corrupt(const std::string& name, std::string_view why) {
  fail("{}: the zip file is corrupt: {}; fetch or make it again", name, why);
}

// An unsigned number of some bytes, lowest first.
std::uint32_t number(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = count; i-- > 0;)
    value = value << 8 | static_cast<unsigned char>(bytes[at + std::size_t(i)]);
  return value;
}

// Raw deflate into exactly `size` bytes; false when the data are others.
bool inflate_into(std::string_view packed, std::string& out) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = uInt(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  const int result = inflate(&stream, Z_FINISH);
  const bool whole = result == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  return whole;
}

}  // namespace

bool is_zip(std::string_view bytes) {
  return bytes.starts_with(local_sign) || bytes.starts_with(end_sign);
}

ZipFile::ZipFile(std::string_view bytes, std::string name) : bytes_(bytes), name_(std::move(name)) {
  if (!is_zip(bytes)) fail("{}: is no zip file: must begin with PK", name_);
  const std::size_t end = bytes.rfind(end_sign);
  if (end == bytes.npos || bytes.size() - end < end_size)
    fail_corrupt(name_, "it ends early, its directory is missing");
  const std::size_t count = number(bytes, end + 10, 2);
  std::size_t at = number(bytes, end + 16, 4);
  for (std::size_t i = 0; i < count; ++i) {
    if (at > end || end - at < entry_size || bytes.substr(at, 4) != entry_sign)
      fail_corrupt(name_, "its directory is not where it should be");
    const std::size_t length = number(bytes, at + 28, 2);
    const std::size_t next =
        at + entry_size + length + number(bytes, at + 30, 2) + number(bytes, at + 32, 2);
    if (next > end) fail_corrupt(name_, "its directory is cut off");
    const Entry entry{std::uint16_t(number(bytes, at + 8, 2)),
                      std::uint16_t(number(bytes, at + 10, 2)),
                      number(bytes, at + 16, 4),
                      number(bytes, at + 20, 4),
                      number(bytes, at + 24, 4),
                      number(bytes, at + 42, 4)};
    entries_[std::string(bytes.substr(at + entry_size, length))] = entry;
    at = next;
  }
}

std::string ZipFile::read(const std::string& entry) const {
  const Entry& one = entries_.at(entry);
  const std::string place = name_ + "/" + entry;
  constexpr std::size_t beyond = 0xffffffff;  // the size stands elsewhere, as it is larger
  if (one.packed == beyond || one.size == beyond || one.at == beyond)
    fail("{}: is larger than 4 GB, which is the limit for one array", place);
  if (one.flags & 1) fail("{}: is encrypted; make the file without a password", place);
  if (one.at > bytes_.size() || bytes_.size() - one.at < local_size ||
      bytes_.substr(one.at, 4) != local_sign)
    fail_corrupt(place, "it is not where the directory says");
  const std::size_t data =
      one.at + local_size + number(bytes_, one.at + 26, 2) + number(bytes_, one.at + 28, 2);
  if (data > bytes_.size() || bytes_.size() - data < one.packed)
    fail_corrupt(place, "it is cut off");
  const std::string_view packed = bytes_.substr(data, one.packed);
  constexpr std::size_t most_shrunk = 1032;  // by deflate
  std::string out;
  if (one.method == 0 && one.size == one.packed) {
    out = packed;
  } else if (one.method == 8) {
    if (one.size / most_shrunk > one.packed) fail_corrupt(place, "its size is none of its data");
    out.resize(one.size);
    if (!inflate_into(packed, out)) fail_corrupt(place, "its data do not inflate to its size");
  } else {
    fail("{}: is packed by method {}, which is not allowed: must be 0 (stored) or 8 (deflated)",
         place, one.method);
  }
  if (crc32_z(0, reinterpret_cast<const Bytef*>(out.data()), out.size()) != one.crc)
    fail_corrupt(place, "its checksum differs");
  return out;
}

}  // namespace goodfit
