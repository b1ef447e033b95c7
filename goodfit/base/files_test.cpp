#include "goodfit/base/files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "goodfit/base/error.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

struct Files : testing::Test {
  fs::path folder = fs::path(testing::TempDir()) / ("goodfit_files_" + std::to_string(::getpid()));
  const FileSystem healthy = file_system();
  Files() { fs::create_directories(folder); }
  ~Files() override {
    file_system() = healthy;
    fs::remove_all(folder);
  }
  std::size_t count() const {
    return std::size_t(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
  }
};

template <class Fn>
void expect_error(int code, const std::string& part, Fn fn) {
  try {
    fn();
    FAIL() << "no error, wanted: " << part;
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, code) << error.what();
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

TEST_F(Files, WhatIsWrittenIsRead) {
  std::string bytes(300000, 'x');
  bytes[7] = '\0';
  for (const std::string& each : {std::string(), std::string("a\r\nb"), bytes}) {
    write_atomic(folder / "a", each);
    EXPECT_EQ(read_file(folder / "a"), each);
    EXPECT_EQ(count(), 1u);
  }
  EXPECT_FALSE(read_file("/proc/self/status").empty());  // its size is said to be 0
}

TEST_F(Files, AMissingFileAndAFolderAreErrorsOfTheUser) {
  expect_error(2, "none.csv: there is no such file", [&] { read_file(folder / "none.csv"); });
  expect_error(2, "is a folder, but a file is needed", [&] { read_file(folder); });
  expect_error(2, "is not the name of a file", [&] { write_atomic(folder / "", "x"); });
  std::ofstream(folder / "file");
  expect_error(2, "Not a directory", [&] { read_file(folder / "file" / "x"); });
  expect_error(1, "No such file", [&] { write_atomic(folder / "none" / "x", "x"); });
}

TEST_F(Files, AFileWithoutPermissionIsAnError) {
  if (::geteuid() == 0) GTEST_SKIP() << "the superuser may read everything";
  std::ofstream(folder / "secret") << "x";
  ::chmod((folder / "secret").c_str(), 0);
  expect_error(2, "Permission denied", [&] { read_file(folder / "secret"); });
}

// Injected failures: the call number `fails_at` of all write, sync and rename calls fails.
int calls = 0, fails_at = 0;
int error_number = ENOSPC;
bool failing() {
  if (++calls != fails_at) return false;
  errno = error_number;
  return true;
}
ssize_t small_write(int file, const void* bytes, std::size_t n) {
  return failing() ? -1 : ::write(file, bytes, std::min<std::size_t>(n, 100));
}
int broken_sync(int file) { return failing() ? -1 : ::fsync(file); }
int broken_rename(const char* from, const char* to) {
  return failing() ? -1 : std::rename(from, to);
}

TEST_F(Files, AFailureAtAnyCallLeavesAWholeFileAndNoTemporary) {
  const std::string before(250, 'b'), after = std::string(250, 'a') + std::string(50, 'c');
  const std::vector<std::string_view> pieces{std::string_view(after).substr(0, 250), "",
                                             std::string_view(after).substr(250)};
  constexpr int all_calls = 3 + 1 + 1 + 1 + 1;  // three writes of the first piece, one of the last
  write_atomic(folder / "a", before);
  file_system() = {small_write, broken_sync, broken_rename};
  for (fails_at = 1; fails_at <= all_calls; ++fails_at) {
    calls = 0;
    error_number = fails_at % 2 ? ENOSPC : EIO;
    expect_error(1,
                 fails_at % 2 ? "a: cannot be written: No space left on device"
                              : "a: cannot be written: Input/output error",
                 [&] { write_atomic(folder / "a", pieces); });
    // After the rename the new file is there; only its survival of a power cut is in doubt.
    EXPECT_EQ(read_file(folder / "a"), fails_at == all_calls ? after : before) << fails_at;
    EXPECT_EQ(count(), 1u) << fails_at;
  }
  calls = 0;
  write_atomic(folder / "a", pieces);
  EXPECT_EQ(calls, all_calls);
}

TEST_F(Files, AnInterruptedWriteGoesOn) {
  file_system().write = small_write;
  calls = 0, fails_at = 2, error_number = EINTR;
  write_atomic(folder / "a", std::string(350, 'a'));
  EXPECT_EQ(read_file(folder / "a"), std::string(350, 'a'));
}

TEST_F(Files, LinesAreAppendedToWhatIsThere) {
  { AppendFile(folder / "log").line("one"); }
  AppendFile log(folder / "log");
  log.line("two");
  EXPECT_EQ(read_file(folder / "log"), "one\ntwo\n");
  log.line("");
  EXPECT_EQ(read_file(folder / "log"), "one\ntwo\n\n");
  EXPECT_THROW(log.line("a\nb"), std::logic_error);
}

TEST_F(Files, HalfALineLeftByAKillIsCutOff) {
  const auto reopened = [&](const std::string& left) {
    std::ofstream(folder / "log", std::ios::binary) << left;
    AppendFile(folder / "log").line("next");
    return read_file(folder / "log");
  };
  EXPECT_EQ(reopened("one\ntw"), "one\nnext\n");
  EXPECT_EQ(reopened("half"), "next\n");
  EXPECT_EQ(reopened("one\n"), "one\nnext\n");
  EXPECT_EQ(reopened("one\n" + std::string(10000, 'x')), "one\nnext\n");
}

TEST_F(Files, AFullDiskLeavesWholeLinesInAnAppendFile) {
  AppendFile log(folder / "log");
  log.line("one");
  file_system().write = small_write;
  calls = 0, fails_at = 2, error_number = ENOSPC;
  expect_error(1, "No space left", [&] { log.line(std::string(150, 'x')); });  // 100 of 151
  EXPECT_EQ(read_file(folder / "log"), "one\n");
  expect_error(1, "No space left", [&] { log.line("two"); });  // nothing of it
  EXPECT_EQ(read_file(folder / "log"), "one\n");
  log.line("three");
  EXPECT_EQ(read_file(folder / "log"), "one\nthree\n");
}

TEST_F(Files, AFolderIsMadeWithThoseAboveIt) {
  make_folder(folder / "a" / "b" / "");
  make_folder(folder / "a" / "b");
  EXPECT_TRUE(fs::is_directory(folder / "a" / "b"));
  std::ofstream(folder / "file");
  expect_error(2, "is a file, but a folder is needed", [&] { make_folder(folder / "file"); });
  expect_error(1, "cannot be made", [&] { make_folder(folder / "file" / "x"); });
}

}  // namespace
}  // namespace goodfit
