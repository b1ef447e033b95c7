// Bad input: each kind is one line that names the place, and exit code 2.
#include "tests/command.hpp"

namespace goodfit {
namespace {

struct CliBadInput : CommandTest {
  // Refused before anything is written.
  std::string no_run(const std::vector<std::string>& arguments) const {
    const std::string said = refused(arguments);
    EXPECT_FALSE(std::filesystem::exists(path("runs"))) << said;
    return said;
  }
  std::string trained_on(const std::string& csv) const {
    folder.write("bad.csv", csv);
    return no_run({"train", "r.toml", "data.path=bad.csv"});
  }
};

TEST_F(CliBadInput, Recipes) {
  EXPECT_TRUE(says(no_run({"train", "no.toml"}), "no.toml: there is no such file"));
  EXPECT_TRUE(says(no_run({"train", "."}), "is a folder"));
  const auto with = [&](const std::string& line) {
    folder.write("bad.toml", file_text(path("r.toml")) + line);
    return no_run({"train", "bad.toml"});
  };
  EXPECT_TRUE(says(with("[optimizer]\ntype = \"adam\"\nbeta3 = 0.5\n"),
                   "bad.toml:11:9: unknown setting of adam \"beta3\"; did you mean \"beta"));
  EXPECT_TRUE(says(with("[stop]\npatience = \"long\"\n"),
                   "bad.toml:10:12: stop.patience = \"long\" is not allowed: must be a whole"));
  EXPECT_TRUE(says(with("[stop]\npatience = -1\n"), "stop.patience = -1 is not allowed"));
  EXPECT_TRUE(says(with("[stop]\nmonitor = \"acuracy\"\n"), "did you mean \"accuracy\"?"));
  EXPECT_TRUE(says(with("[stop\n"), "bad.toml:9:"));
  EXPECT_TRUE(says(no_run({"train", "r.toml", "model[9].p=1"}), "model[9] is not there"));
  EXPECT_TRUE(says(no_run({"train", "r.toml", "epochs"}), "sets nothing"));
  EXPECT_TRUE(says(no_run({"train", "r.toml", "model[1].out=-1"}), "command line: model[1].out"));
  EXPECT_TRUE(says(no_run({"train", "r.toml", "model[4].out=2"}), "class"));
  EXPECT_TRUE(says(no_run({"train", "r.toml", "split.validation=0.9999"}), "split"));
  folder.write("empty.toml", "");
  EXPECT_TRUE(says(no_run({"train", "empty.toml"}), "no data"));
}

TEST_F(CliBadInput, CsvFiles) {
  EXPECT_TRUE(
      says(no_run({"train", "r.toml", "data.path=no.csv"}), "no.csv: there is no such file"));
  EXPECT_TRUE(says(trained_on(""), "bad.csv: is empty"));
  EXPECT_TRUE(says(trained_on("a,b,kind\n"), "bad.csv: has a header line and no data"));
  EXPECT_TRUE(says(trained_on("a,b,kind\n1,2,x\n1,two,y\n"), "bad.csv:3"));
  EXPECT_TRUE(says(trained_on("a,b,kind\n1,2,x\n1,,y\n"), "bad.csv:3"));
  EXPECT_TRUE(says(trained_on("a,b,kind\n1,2,x\n1,2,3,y\n"), "bad.csv:3: has 4 fields"));
  EXPECT_TRUE(says(trained_on("a,b,kind\n1,nan,x\n1,2,y\n"), "bad.csv:2"));
  EXPECT_TRUE(says(no_run({"train", "r.toml", "data.target=knid"}), "did you mean \"kind\"?"));
  EXPECT_TRUE(says(no_run({"train", "numbers.toml", "data.csv=flowers.csv"}), "flowers.csv:2"));
}

TEST_F(CliBadInput, DamagedGzip) {
  const std::string whole = gzipped(flowers(150));
  EXPECT_TRUE(says(trained_on(whole.substr(0, whole.size() / 2)), "bad.csv"));
  std::string turned = whole;
  turned[turned.size() / 2] ^= 0x55;
  EXPECT_TRUE(says(trained_on(turned), "bad.csv"));
}

std::string big_endian(std::uint32_t n) {
  return {char(n >> 24), char(n >> 16), char(n >> 8), char(n)};
}

TEST_F(CliBadInput, DamagedIdx) {
  const auto images = [](std::uint32_t n) {
    return big_endian(0x803) + big_endian(n) + big_endian(2) + big_endian(2);
  };
  const auto labels = [](std::uint32_t n) { return big_endian(0x801) + big_endian(n); };
  std::filesystem::create_directory(path("idx"));
  std::string pixels(80, '\1'), classes;
  for (int i = 0; i < 20; ++i) pixels[std::size_t(4 * i)] = char(i), classes += char(i % 3);
  const auto write = [&](const std::string& train_images, const std::string& train_labels) {
    folder.write("idx/train-images-idx3-ubyte", train_images);
    folder.write("idx/train-labels-idx1-ubyte", train_labels);
    folder.write("idx/t10k-images-idx3-ubyte", images(20) + pixels);
    folder.write("idx/t10k-labels-idx1-ubyte", labels(20) + classes);
  };
  const std::vector<std::string> train{"train", "r.toml", "data={idx=\"idx\"}", "epochs=1",
                                       "model=[\"flatten\", {dense=3}]"};
  write(images(20) + pixels.substr(0, 70), labels(20) + classes);
  EXPECT_TRUE(says(no_run(train), "train-images-idx3-ubyte"));
  write(images(4000000000) + pixels, labels(20) + classes);
  EXPECT_TRUE(says(no_run(train), "train-images-idx3-ubyte"));
  write(images(20) + pixels, labels(19) + classes.substr(1));
  EXPECT_TRUE(says(no_run(train), "19"));
  write(images(20) + pixels, labels(20) + std::string(20, '\xff'));
  no_run(train);
  write(images(20) + pixels, labels(20) + classes);
  std::vector<std::string> fits = train;
  fits.insert(fits.end(), {"--quiet", "--out", "a"});
  EXPECT_EQ(good(fits), "");
  EXPECT_TRUE(says(good({"evaluate", "a"}), "20 samples of test"));
}

TEST_F(CliBadInput, DamagedModels) {
  good({"train", "r.toml", "--out", "a", "--quiet"});
  const std::string whole = file_text(path("a/model.safetensors"));
  const auto with = [&](const std::string& bytes) {
    folder.write("a/model.safetensors", bytes);
    const std::string said = refused({"evaluate", "a"});
    EXPECT_TRUE(says(said, "a/model.safetensors"));
    return said;
  };
  with("");
  with(whole.substr(0, whole.size() - 4));
  with(whole + "more");
  std::string lying = whole;
  for (int i = 0; i < 8; ++i) lying[std::size_t(i)] = '\x7f';
  with(lying);
  lying = whole;
  const std::size_t at = lying.find("\"data_offsets\":[0,");
  ASSERT_NE(at, lying.npos);
  lying[at + 16] = '8';
  with(lying);
  folder.write("a/model.safetensors", whole);
  folder.write("a/recipe.toml", file_text(path("a/recipe.toml")) + "\nnonsense = 1\n");
  EXPECT_TRUE(says(refused({"evaluate", "a"}), "a/recipe.toml:"));
}

TEST_F(CliBadInput, AModelOfAnotherRecipeIsRefused) {
  good({"train", "r.toml", "--out", "a", "--quiet", "epochs=1"});
  good({"train", "r.toml", "model[1].out=8", "--out", "b", "--quiet", "epochs=1"});
  std::filesystem::copy_file(path("a/model.safetensors"), path("b/model.safetensors"),
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_TRUE(says(refused({"evaluate", "b"}), "b/model.safetensors"));
}

}  // namespace
}  // namespace goodfit
