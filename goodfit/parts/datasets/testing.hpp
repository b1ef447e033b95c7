// Testing: files, damaged bytes and error messages for the tests of what reads files.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "goodfit/base/error.hpp"

namespace goodfit {

using Floats = std::vector<float>;
using Names = std::vector<std::string>;

// A place for the files of one test, removed with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string form = (std::filesystem::temp_directory_path() / "goodfit_XXXXXX").string();
    if (!mkdtemp(form.data())) throw std::runtime_error("no temporary folder");
    path_ = form;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path() const { return path_.string(); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary)
        .write(bytes.data(), std::streamsize(bytes.size()));
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

inline std::string gzipped(std::string_view bytes) {
  z_stream stream{};
  constexpr int gzip_form = 16 + MAX_WBITS;
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzip_form, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = uInt(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = uInt(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// The message of the Error that `work` throws; "" when it throws none.
template <class Work>
std::string error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

inline testing::AssertionResult says(const std::string& error, const std::string& part) {
  if (error.find(part) != error.npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "\"" << error << "\" does not say \"" << part << "\"";
}

// Repeatable numbers for mutation tests (Vigna 2015, splitmix64).
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t limit) {
    std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % limit;
  }
  // One to four bits of `bytes` turned.
  std::string flipped(std::string bytes) {
    for (std::uint64_t n = 1 + below(4); n > 0; --n)
      bytes[below(bytes.size())] ^= char(1 << below(8));
    return bytes;
  }

 private:
  std::uint64_t state_;
};

// Feeds `read` every truncation of `bytes` and `flips` damaged copies: each must end well or with
// an Error of one line. Returns how many ended with an Error.
template <class Read>
int mutate(const std::string& bytes, int flips, Read read) {
  int errors = 0;
  const auto feed = [&](const std::string& damaged) {
    const std::string error = error_of([&] { read(damaged); });
    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
    errors += !error.empty();
  };
  for (std::size_t size = 0; size < bytes.size(); ++size) feed(bytes.substr(0, size));
  Mutator mutator(7);
  for (int i = 0; i < flips; ++i) feed(mutator.flipped(bytes));
  return errors;
}

}  // namespace goodfit
