#include "goodfit/parts/datasets/zip_file.hpp"

#include "goodfit/parts/datasets/zip_testing.hpp"

namespace goodfit {
namespace {

const std::vector<std::pair<std::string, std::string>> two_files{
    {"a.npy", "hello hello hello hello"}, {"b/c.npy", ""}};

std::string zip_error(const std::string& bytes) {
  return error_of([&] {
    const ZipFile file(bytes, "z.npz");
    for (const auto& [name, _] : file.entries()) file.read(name);
  });
}
// The bytes with `value` at `at` of the first entry of the directory.
std::string patched(std::string bytes, std::size_t at, std::size_t value, int size) {
  return bytes.replace(bytes.find("PK\x01\x02") + at, std::size_t(size), little(value, size));
}

}  // namespace

TEST(ZipFile, StoredAndDeflatedFilesAreRead) {
  for (const int method : {0, 8}) {
    const std::string bytes = zipped(two_files, method);
    const ZipFile file(bytes, "z.npz");
    ASSERT_EQ(file.entries().size(), 2u);
    for (const auto& [name, content] : two_files) EXPECT_EQ(file.read(name), content);
  }
  EXPECT_TRUE(ZipFile(zipped({}, 0), "").entries().empty());
}

TEST(ZipFile, WhatIsNotAllowedIsNamed) {
  EXPECT_EQ(zip_error("hello"), "z.npz: is no zip file: must begin with PK");
  const std::string bytes = zipped(two_files, 8);
  EXPECT_TRUE(
      says(zip_error(zipped(two_files, 14)),
           "z.npz/a.npy: is packed by method 14, which is not allowed: must be 0 (stored)"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 8, 1, 2)), "is encrypted"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 24, 0xffffffff, 4)), "is larger than 4 GB"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 24, 0xfffffffe, 4)), "its size is none of its data"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 24, 22, 4)), "do not inflate to its size"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 16, 1, 4)), "its checksum differs"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 20, 9999, 4)), "it is cut off"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 42, 7, 4)), "it is not where the directory says"));
  EXPECT_TRUE(says(zip_error(patched(bytes, 28, 9999, 2)), "its directory is cut off"));
  EXPECT_TRUE(says(zip_error(bytes.substr(0, 60)), "its directory is missing"));
}

TEST(ZipFile, DamagedFilesEndInOneLineOrInData) {
  for (const int method : {0, 8}) {
    const std::string bytes = zipped(two_files, method);
    EXPECT_GE(mutate(bytes, 2000,
                     [](const std::string& b) {
                       const ZipFile file(b, "z.npz");
                       for (const auto& [name, _] : file.entries()) file.read(name);
                     }),
              int(bytes.size()));
  }
}

}  // namespace goodfit
