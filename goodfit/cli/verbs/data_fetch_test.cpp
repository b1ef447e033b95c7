#include "goodfit/cli/verbs/data_fetch.hpp"

#include "goodfit/base/files.hpp"
#include "goodfit/cli/verbs/sha256.hpp"
#include "goodfit/cli/verbs/tar_testing.hpp"
#include "goodfit/cli/verbs/test_server.hpp"
#include "goodfit/parts/datasets/testing.hpp"

namespace goodfit {
namespace {

std::string some_bytes() {
  std::string bytes;
  Mutator random(3);
  for (int i = 0; i < 100000; ++i) bytes += char(random.below(256));
  return bytes;
}
const std::string body = some_bytes();

FetchSet one_file(const TestServer& server, const Names& mirrors) {
  FetchSet set{"little", "for tests", {}, {{"f", sha256(body), ""}}, {}};
  for (const std::string& mirror : mirrors) set.mirrors.push_back(server.address() + mirror + "/");
  return set;
}

// Fetches into `out` and gives what was printed; an error is its last line.
std::string fetched(const FetchSet& set, const FetchOptions& options) {
  std::FILE* progress = std::tmpfile();
  const std::string error = error_of([&] { fetch_set(set, options, progress); });
  std::rewind(progress);
  std::string text(1 << 16, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), progress));
  std::fclose(progress);
  return text + error;
}

struct Out {
  TemporaryFolder folder;
  std::string path = folder.path() + "/out";
  FetchOptions options(const std::string& from = "", bool quiet = false) const {
    return {"little", path, from, quiet};
  }
  std::string file() const { return read_file(path + "/f"); }
  bool has(const std::string& name) const { return std::filesystem::exists(path + "/" + name); }
};

}  // namespace

TEST(DataFetch, AFileIsFetchedOnceAndThenLeftAlone) {
  const TestServer server({{"/a/f", {body}}});
  const Out out;
  const FetchSet set = one_file(server, {"a"});
  EXPECT_TRUE(says(fetched(set, out.options()), "little: complete in " + out.path));
  EXPECT_EQ(out.file(), body);
  EXPECT_FALSE(out.has("f.part"));
  EXPECT_TRUE(says(fetched(set, out.options()), "little: already complete in " + out.path));
  EXPECT_EQ(server.requests(), (Names{"/a/f"}));
}

TEST(DataFetch, AMirrorWithoutTheFileIsPassedOver) {
  const TestServer server({{"/b/f", {body}}});
  const Out out;
  const std::string text = fetched(one_file(server, {"a", "b"}), out.options());
  EXPECT_TRUE(says(text, "/a/f: failed: The requested URL returned error: 404"));
  EXPECT_EQ(out.file(), body);
}

TEST(DataFetch, AMirrorWithAnotherFileIsPassedOver) {
  std::string damaged = body;
  damaged[500] ^= 1;
  const TestServer server({{"/a/f", {damaged}}, {"/b/f", {body}}});
  const Out out;
  const std::string text = fetched(one_file(server, {"a", "b"}), out.options());
  EXPECT_TRUE(says(text, "/a/f: failed: it is not the published file, by its SHA-256"));
  EXPECT_EQ(out.file(), body);
  EXPECT_EQ(server.requests(), (Names{"/a/f", "/b/f"}));
}

TEST(DataFetch, AFetchThatIsCutOffGoesOnWhereItEnded) {
  TestReply reply{body};
  reply.cut = 60000;
  const TestServer server({{"/a/f", reply}});
  const Out out;
  EXPECT_TRUE(says(fetched(one_file(server, {"a"}), out.options()), "complete"));
  EXPECT_EQ(out.file(), body);
  EXPECT_EQ(server.requests(), (Names{"/a/f", "/a/f from 60000"}));
}

TEST(DataFetch, ThePartOfAFormerRunIsUsed) {
  const TestServer server({{"/a/f", {body}}});
  const Out out;
  std::filesystem::create_directory(out.path);
  out.folder.write("out/f.part", body.substr(0, 777));
  fetched(one_file(server, {"a"}), out.options());
  EXPECT_EQ(out.file(), body);
  EXPECT_EQ(server.requests(), (Names{"/a/f from 777"}));
}

TEST(DataFetch, AWholePartIsOnlyRenamed) {
  const TestServer server({{"/a/f", {body}}});
  const Out out;
  std::filesystem::create_directory(out.path);
  out.folder.write("out/f.part", body);
  fetched(one_file(server, {"a"}), out.options());
  EXPECT_EQ(out.file(), body);
}

TEST(DataFetch, APartThatDoesNotFitIsFetchedAnew) {
  const TestServer server({{"/a/f", {body}}});
  const Out out;
  std::filesystem::create_directory(out.path);
  out.folder.write("out/f.part", std::string(1000, 'x'));
  fetched(one_file(server, {"a"}), out.options());
  EXPECT_EQ(out.file(), body);
  EXPECT_EQ(server.requests(), (Names{"/a/f from 1000", "/a/f"}));
}

TEST(DataFetch, AServerWithoutRangesSendsTheWholeAgain) {
  TestReply reply{body};
  reply.ranges = false;
  const TestServer server({{"/a/f", reply}});
  const Out out;
  std::filesystem::create_directory(out.path);
  out.folder.write("out/f.part", "left over");
  fetched(one_file(server, {"a"}), out.options());
  EXPECT_EQ(out.file(), body);
  EXPECT_EQ(server.requests(), (Names{"/a/f from 9"}));
}

TEST(DataFetch, WhenEveryMirrorFailsOneLineSaysWhatToDo) {
  TestReply nothing{body};
  nothing.cut = 0;
  const TestServer server({{"/a/f", nothing}});
  const Out out;
  const FetchSet set = one_file(server, {"a", "b"});
  const std::string text = fetched(set, out.options());
  EXPECT_TRUE(says(text, "f: cannot be fetched: The requested URL returned error: 404"));
  EXPECT_TRUE(
      says(text, "check the network and try again, or give a folder that has it with --from"));
  EXPECT_FALSE(out.has("f"));
  try {
    fetch_set(set, out.options("", true), nullptr);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.exit_code, 1);
  }
}

TEST(DataFetch, ADamagedFileIsFetchedAgain) {
  const TestServer server({{"/a/f", {body}}});
  const Out out;
  std::filesystem::create_directory(out.path);
  out.folder.write("out/f", "damaged");
  EXPECT_TRUE(
      says(fetched(one_file(server, {"a"}), out.options()), "f: is damaged, fetching it again"));
  EXPECT_EQ(out.file(), body);
}

TEST(DataFetch, FilesMayComeFromAnAddressOrAFolder) {
  const TestServer server({{"/mine/f", {body}}});
  const FetchSet set = one_file(server, {"a"});
  const Out out, second;
  fetched(set, out.options(server.address() + "mine"));
  EXPECT_EQ(out.file(), body);
  fetched(set, second.options(out.path));
  EXPECT_EQ(second.file(), body);
  EXPECT_EQ(server.requests(), (Names{"/mine/f"}));
}

TEST(DataFetch, AFolderThatLacksTheFileOrHasAnotherIsNamed) {
  const TestServer server({});
  const FetchSet set = one_file(server, {});
  const Out out;
  EXPECT_TRUE(says(fetched(set, out.options("/nowhere")), "--from /nowhere: is no folder"));
  EXPECT_TRUE(says(fetched(set, out.options(out.folder.path())), out.folder.path() + "/f"));
  out.folder.write("f", "other");
  EXPECT_TRUE(says(fetched(set, out.options(out.folder.path())),
                   "f: cannot be used: it is not the published"));
  EXPECT_FALSE(out.has("f"));
}

TEST(DataFetch, FilesCompressedAnewAreKnownByTheirContents) {
  const TestServer server({{"/a/f", {gzipped(body)}}});
  const Out out;
  FetchSet set = one_file(server, {"a"});
  set.files[0] = {"f", "", sha256(body)};
  EXPECT_TRUE(says(fetched(set, out.options()), "complete"));
  EXPECT_EQ(out.file(), gzipped(body));
}

TEST(DataFetch, ArchivesAreUnpackedAndRemoved) {
  const std::string archive =
      gzipped(tar_entry("folder/one.bin", "11") + tar_entry("folder/no", "") +
              tar_entry("folder/two.bin", "222") + std::string(1024, '\0'));
  const TestServer server({{"/a/f", {archive}}});
  const Out out;
  FetchSet set = one_file(server, {"a"});
  set.files[0] = {"f", sha256(archive), ""};
  set.members = {{"one.bin", 2}, {"two.bin", 3}};
  EXPECT_TRUE(says(fetched(set, out.options()), "complete"));
  EXPECT_EQ(read_file(out.path + "/one.bin"), "11");
  EXPECT_EQ(read_file(out.path + "/two.bin"), "222");
  EXPECT_FALSE(out.has("no"));
  EXPECT_FALSE(out.has("f"));
  EXPECT_TRUE(says(fetched(set, out.options()), "already complete"));
  set.members = {{"three.bin", 2}};
  EXPECT_TRUE(says(fetched(set, out.options()), "does not hold every file"));
}

TEST(DataFetch, QuietPrintsNothing) {
  const TestServer server({{"/b/f", {body}}});
  const Out out;
  EXPECT_EQ(fetched(one_file(server, {"a", "b"}), out.options("", true)), "");
  EXPECT_EQ(out.file(), body);
}

TEST(DataFetch, UnknownSetsAreNamedWithTheNearest) {
  EXPECT_TRUE(says(error_of([] {
                     fetch_data({"mnits", "", "", true}, nullptr);
                   }),
                   "did you mean \"mnist\"?"));
}

TEST(DataFetch, EverySetHasTwoMirrorsAndCheckSums) {
  for (const FetchSet& set : fetch_sets()) {
    EXPECT_GE(set.mirrors.size(), 2u) << set.key;
    for (const std::string& mirror : set.mirrors) EXPECT_TRUE(mirror.ends_with('/')) << mirror;
    for (const FetchFile& file : set.files)
      EXPECT_EQ((file.sha256 + file.sha256_inflated).size(), 64u) << set.key << " " << file.name;
  }
}

TEST(DataFetch, RealMnistIsRecognized) {
  const char* folder = std::getenv("GOODFIT_DATA");
  if (!folder || !std::filesystem::exists(folder + std::string("/mnist")))
    GTEST_SKIP() << "set GOODFIT_DATA to a folder that holds mnist/ to run this test";
  const Out out;
  fetch_data({"mnist", out.path, folder + std::string("/mnist"), true}, nullptr);
  EXPECT_TRUE(out.has("train-images-idx3-ubyte.gz"));
  EXPECT_TRUE(out.has("t10k-labels-idx1-ubyte.gz"));
}

}  // namespace goodfit
