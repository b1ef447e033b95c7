#include "goodfit/parts/datasets/gzip.hpp"

#include <fmt/core.h>

#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

TEST(Gzip, PlainFilesComeAsTheyAre) {
  const TemporaryFolder folder;
  const std::string bytes("a\0b\r\n", 5);
  EXPECT_EQ(read_maybe_gzip(folder.write("plain.gz", bytes)), bytes);
  EXPECT_EQ(read_maybe_gzip(folder.write("empty", "")), "");
}

TEST(Gzip, CompressedFilesComeInflatedWhateverTheirName) {
  const TemporaryFolder folder;
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += std::to_string(i * 7919);
  EXPECT_EQ(read_maybe_gzip(folder.write("data", gzipped(bytes))), bytes);
  EXPECT_EQ(read_maybe_gzip(folder.write("none", gzipped(""))), "");
}

TEST(Gzip, MembersAreJoinedAndZerosAfterThemIgnored) {
  const std::string two = gzipped("one ") + gzipped("two");
  EXPECT_EQ(gunzip(two, "x"), "one two");
  EXPECT_EQ(gunzip(two + std::string(512, '\0'), "x"), "one two");
  EXPECT_TRUE(says(error_of([&] { gunzip(two + "tail", "x"); }), "other bytes follow"));
}

TEST(Gzip, EveryTruncationIsNamedAsCorrupt) {
  const std::string whole = gzipped("5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,0\n");
  for (std::size_t size = 2; size < whole.size(); ++size)
    EXPECT_EQ(error_of([&] { gunzip(whole.substr(0, size), "a.gz"); }),
              fmt::format("a.gz: the gzip file is corrupt: it ends early, after {} bytes; fetch or "
                          "make it again",
                          size));
}

TEST(Gzip, AChangedByteIsNamedAsCorrupt) {
  std::string bytes = gzipped("5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,0\n");
  bytes[bytes.size() - 6] ^= 1;  // the check sum
  EXPECT_EQ(error_of([&] { gunzip(bytes, "a.gz"); }),
            "a.gz: the gzip file is corrupt: incorrect data check; fetch or make it again");
}

TEST(Gzip, AFileThatInflatesBeyondTheLimitIsRefused) {
  const TemporaryFolder folder;
  const std::string bomb = gzipped(std::string(1 << 20, 'x'));
  EXPECT_LT(bomb.size(), 2000u);
  EXPECT_TRUE(says(error_of([&] { gunzip(bomb, "b.gz", (1 << 20) - 1); }),
                   "b.gz: holds more than 1048575 bytes"));
  EXPECT_EQ(gunzip(bomb, "b.gz", 1 << 20).size(), std::size_t{1} << 20);
  EXPECT_TRUE(says(error_of([&] { read_maybe_gzip(folder.write("p", "123456"), 5); }),
                   "more than 5 bytes"));
  EXPECT_EQ(read_maybe_gzip(folder.write("p", "123456"), 6), "123456");
}

TEST(Gzip, MissingFilesAndFoldersAreNamed) {
  const TemporaryFolder folder;
  EXPECT_EQ(error_of([] { read_maybe_gzip("/nowhere/x.csv"); }),
            "/nowhere/x.csv: there is no such file");
  EXPECT_EQ(error_of([&] { read_maybe_gzip(folder.path()); }),
            folder.path() + ": is a folder, but a file is needed");
}

TEST(Gzip, DamagedBytesNeverCrash) {
  const std::string bytes = gzipped("5.1,3.5,1.4,0.2,0\n4.9,3.0,1.4,0.2,0\n") + gzipped("more\n");
  EXPECT_GT(mutate(bytes, 20000, [](const std::string& b) { gunzip(b, "b", 1 << 20); }), 15000);
}

}  // namespace goodfit
