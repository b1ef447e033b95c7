#include "goodfit/parts/datasets/gzip.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <new>

#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"

namespace goodfit {
namespace {

[[noreturn]] void fail_corrupt(const std::string& name, std::string_view why) {
  fail("{}: the gzip file is corrupt: {}; fetch or make it again", name, why);
}

[[noreturn]] void fail_large(const std::string& name, std::size_t most) {
  fail("{}: holds more than {} bytes, which is the limit for one file", name, most);
}

class Inflater {
 public:
  explicit Inflater(std::string_view bytes) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream, gzip_only) != Z_OK) throw std::bad_alloc();
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    left = bytes.size();
  }
  ~Inflater() { inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // zlib counts in 32 bits, so both sides are handed over in pieces.
  int step(char* out, std::size_t room, std::size_t& made) {
    const auto piece = [](std::size_t n) { return uInt(std::min<std::size_t>(n, 1u << 30)); };
    const uInt given = piece(left), space = piece(room);
    stream.avail_in = given;
    stream.avail_out = space;
    stream.next_out = reinterpret_cast<Bytef*>(out);
    const int result = inflate(&stream, Z_NO_FLUSH);
    left -= given - stream.avail_in;
    made = space - stream.avail_out;
    return result;
  }
  std::string_view rest() const { return {reinterpret_cast<const char*>(stream.next_in), left}; }

  z_stream stream{};
  std::size_t left = 0;
};

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.starts_with("\x1f\x8b"); }

std::string gunzip(std::string_view bytes, const std::string& name, std::size_t most) {
  Inflater inflater(bytes);
  std::string out;
  std::size_t used = 0;
  for (;;) {
    if (used == out.size()) {
      if (used > most) fail_large(name, most);
      const std::size_t wished = std::max({used * 2, bytes.size() * 4, std::size_t{4096}});
      out.resize(std::min(wished, most + 1));  // one more than allowed shows that it is too large
    }
    std::size_t made = 0;
    const std::size_t before = inflater.left;
    const int result = inflater.step(out.data() + used, out.size() - used, made);
    used += made;
    if (result == Z_STREAM_END) {
      const std::string_view rest = inflater.rest();
      if (rest.find_first_not_of('\0') == rest.npos) break;
      if (!is_gzip(rest)) fail_corrupt(name, "other bytes follow its end");
      inflateReset(&inflater.stream);
    } else if (result == Z_MEM_ERROR) {
      throw std::bad_alloc();
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      const char* why = inflater.stream.msg;
      fail_corrupt(name, why ? why : "invalid data");
    } else if (made == 0 && inflater.left == before && used < out.size()) {
      fail_corrupt(name, fmt::format("it ends early, after {} bytes", bytes.size()));
    }
  }
  if (used > most) fail_large(name, most);
  out.resize(used);
  return out;
}

std::string read_maybe_gzip(const std::filesystem::path& path, std::size_t most) try {
  std::error_code unknown;  // read_file says what is wrong with a path that has no size
  if (const auto size = std::filesystem::file_size(path, unknown); !unknown && size > most)
    fail_large(path.string(), most);
  std::string bytes = read_file(path);
  if (bytes.size() > most) fail_large(path.string(), most);
  if (!is_gzip(bytes)) return bytes;
  return gunzip(bytes, path.string(), most);
} catch (const std::bad_alloc&) {
  fail_run("{}: not enough memory to read it", path.string());
}

}  // namespace goodfit
