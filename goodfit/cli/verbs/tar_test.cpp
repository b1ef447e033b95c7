#include "goodfit/cli/verbs/tar.hpp"

#include "goodfit/cli/verbs/tar_testing.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {

TEST(Tar, FilesAreFoundUnderTheirLastName) {
  const std::string archive = tar_entry("folder/", "", '5') +
                              tar_entry("folder/a.bin", std::string(513, 'a')) +
                              tar_entry("b", "bb") + std::string(1024, '\0');
  const auto files = read_tar(archive, "t");
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[0].name, "a.bin");
  EXPECT_EQ(files[0].bytes, std::string(513, 'a'));
  EXPECT_EQ(files[1].name, "b");
  EXPECT_EQ(files[1].bytes, "bb");
}

TEST(Tar, ArchivesThatAreCutOffOrDamagedAreRefused) {
  const std::string archive = tar_entry("a", "text");
  EXPECT_EQ(error_of([&] { read_tar(archive, "t"); }),
            "t: the archive is cut off after 1024 bytes");
  EXPECT_TRUE(says(error_of([&] { read_tar(archive.substr(0, 514), "t"); }), "cut off after 514"));
  std::string damaged = archive;
  damaged[0] = 'b';
  EXPECT_TRUE(says(error_of([&] { read_tar(damaged, "t"); }), "wrong check sum"));
}

TEST(Tar, DamagedBytesNeverCrash) {
  const std::string archive = tar_entry("a", "text") + std::string(1024, '\0');
  EXPECT_GT(mutate(archive, 20000, [](const std::string& b) { read_tar(b, "t"); }), 1000);
}

}  // namespace goodfit
