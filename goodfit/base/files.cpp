#include "goodfit/base/files.hpp"

#include <fmt/core.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

// A descriptor that closes itself.
class Opened {
 public:
  Opened(const fs::path& path, int flags) : file_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~Opened() {
    if (file_ >= 0) ::close(file_);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  explicit operator bool() const { return file_ >= 0; }
  int get() const { return file_; }
  bool close() { return ::close(std::exchange(file_, -1)) == 0; }  // a network disk reports here
  int release() { return std::exchange(file_, -1); }

 private:
  int file_;
};

std::string reason() { return std::strerror(errno); }

[[noreturn]] void fail_write(const fs::path& path) {
  fail_run("{}: cannot be written: {}", path.string(), reason());
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = file_system().write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written == 0) errno = ENOSPC;
    if (written <= 0) return false;
    bytes.remove_prefix(std::size_t(written));
  }
  return true;
}

bool sync_folder(const fs::path& folder) {
  const Opened opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened) return errno == EACCES;  // a folder may be writable but not readable
  return file_system().sync(opened.get()) == 0 || errno == EINVAL || errno == ENOTSUP;
}

// The length up to and with the last line break.
off_t length_of_lines(int file, off_t size) {
  char block[4096];
  while (size > 0) {
    const off_t begin = std::max<off_t>(0, size - off_t(sizeof block));
    const ssize_t got = ::pread(file, block, std::size_t(size - begin), begin);
    if (got != size - begin) return -1;
    for (ssize_t i = got; i > 0; --i)
      if (block[i - 1] == '\n') return begin + i;
    size = begin;
  }
  return 0;
}

}  // namespace

FileSystem& file_system() {
  static FileSystem calls{::write, ::fsync, std::rename};
  return calls;
}

std::string read_file(const fs::path& path) {
  const Opened file(path, O_RDONLY);
  if (!file && errno == ENOENT) fail("{}: there is no such file", path.string());
  if (!file) fail("{}: cannot be read: {}", path.string(), reason());
  struct stat about {};
  if (::fstat(file.get(), &about) == 0 && S_ISDIR(about.st_mode))
    fail("{}: is a folder, but a file is needed", path.string());
  std::string bytes;
  // One byte more than the size, so that the end is seen without growing; pipes have size 0.
  std::size_t used = 0, room = std::size_t(about.st_size) + 1;
  for (;;) {
    if (used == bytes.size()) bytes.resize(std::max(room, 2 * used));
    const ssize_t got = ::read(file.get(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_run("{}: cannot be read: {}", path.string(), reason());
    if (got == 0) break;
    used += std::size_t(got);
    room = 1 << 16;
  }
  bytes.resize(used);
  return bytes;
}

void write_atomic(const fs::path& path, std::string_view bytes) { write_atomic(path, {&bytes, 1}); }

void write_atomic(const fs::path& path, std::span<const std::string_view> pieces) {
  static std::atomic<unsigned> number{0};
  if (path.filename().empty()) fail("{}: is not the name of a file", path.string());
  fs::path temporary = path;
  temporary += fmt::format(".{}-{}.tmp", ::getpid(), ++number);
  Opened file(temporary, O_WRONLY | O_CREAT | O_EXCL);
  if (!file) fail_write(path);
  const auto written = [&](std::string_view piece) { return write_all(file.get(), piece); };
  const bool whole = std::all_of(pieces.begin(), pieces.end(), written) &&
                     file_system().sync(file.get()) == 0 && file.close() &&
                     file_system().rename(temporary.c_str(), path.c_str()) == 0;
  if (!whole) {
    const int cause = errno;
    ::unlink(temporary.c_str());
    errno = cause;
    fail_write(path);
  }
  if (!sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."))) fail_write(path);
}

void make_folder(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (fs::is_directory(path)) return;
  if (fs::exists(path)) fail("{}: is a file, but a folder is needed", path.string());
  fail_run("{}: cannot be made: {}", path.string(), error.message());
}

AppendFile::AppendFile(fs::path path, Of pieces) : path_(std::move(path)) {
  Opened file(path_, O_RDWR | O_CREAT | O_APPEND);
  struct stat about {};
  if (!file || ::fstat(file.get(), &about) != 0) fail_write(path_);
  const off_t length =
      pieces == Of::lines ? length_of_lines(file.get(), about.st_size) : about.st_size;
  if (length < 0) fail_run("{}: cannot be read: {}", path_.string(), reason());
  if (length != about.st_size && ::ftruncate(file.get(), length) != 0) fail_write(path_);
  file_ = file.release();
}

AppendFile::~AppendFile() { ::close(file_); }

void AppendFile::line(std::string_view text) {
  must(text.find('\n') == std::string_view::npos, "a line has no line break inside");
  bytes(std::string(text) + '\n');
}

void AppendFile::bytes(std::string_view whole) {
  ssize_t written = -1;
  do {
    written = file_system().write(file_, whole.data(), whole.size());
  } while (written < 0 && errno == EINTR);
  if (written == ssize_t(whole.size())) return;
  if (written >= 0) {
    const off_t end = ::lseek(file_, 0, SEEK_END);
    if (end >= written && ::ftruncate(file_, end - written) != 0) fail_write(path_);
    errno = ENOSPC;
  }
  fail_write(path_);
}

}  // namespace goodfit
