#include "goodfit/parts/datasets/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "goodfit/base/error.hpp"

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

std::string read_bytes(const std::filesystem::path& path, std::size_t most) {
  const std::string name = path.string();
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) fail("{}: is a folder, not a file", name);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(name.c_str(), "rb"),
                                                             std::fclose);
  if (!file) fail("{}: cannot be opened: {}", name, std::strerror(errno));
  const auto size = std::filesystem::file_size(path, ignored);
  std::string bytes;
  if (!ignored && size <= most) bytes.reserve(std::size_t(size) + 1);
  for (std::size_t used = 0;;) {
    const std::size_t piece = std::max<std::size_t>(bytes.capacity() - used, 1 << 16);
    bytes.resize(used + piece);
    const std::size_t got = std::fread(bytes.data() + used, 1, piece, file.get());
    bytes.resize(used += got);
    if (std::ferror(file.get())) fail_run("{}: cannot be read: {}", name, std::strerror(errno));
    if (used > most) fail_large(name, most);
    if (got < piece) return bytes;
  }
}

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
  std::string bytes = read_bytes(path, most);
  return is_gzip(bytes) ? gunzip(bytes, path.string(), most) : bytes;
} catch (const std::bad_alloc&) {
  fail_run("{}: not enough memory to read it", path.string());
}

}  // namespace goodfit
