// Files: read whole, written whole or not at all.
//
// write_atomic: temporary name in the same folder → write → fsync → rename → fsync of the folder.
// A kill or a full disk at any moment leaves the old file or the new one, never half of one.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace goodfit {

// Errors of the user's (missing, a folder, no permission) end with code 2, of the disk's with 1.
std::string read_file(const std::filesystem::path& path);

void write_atomic(const std::filesystem::path& path, std::string_view bytes);
// The pieces one after the other.
void write_atomic(const std::filesystem::path& path, std::span<const std::string_view> pieces);

// Makes the folder and those above it; one that exists is fine.
void make_folder(const std::filesystem::path& path);

// A file that only grows, of lines or of other pieces. Each is one write, so a reader never sees
// parts of two.
class AppendFile {
 public:
  enum class Of { lines, bytes };
  // Half a line at the end, left by a kill, is cut off.
  explicit AppendFile(std::filesystem::path path, Of pieces = Of::lines);
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  // `text` without a line break. When the disk is full the file keeps whole lines.
  void line(std::string_view text);
  void bytes(std::string_view piece);  // the same of any bytes

 private:
  std::filesystem::path path_;
  int file_;
};

// The calls that can fail on a healthy program; a test puts failing ones in their place.
struct FileSystem {
  ssize_t (*write)(int file, const void* bytes, std::size_t count);
  int (*sync)(int file);
  int (*rename)(const char* from, const char* to);
};
FileSystem& file_system();

}  // namespace goodfit
