// The guides in docs/: every command in them runs, every recipe in them is read, every program in
// them compiles.
#include <fmt/core.h>

#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/study/export/testing.hpp"
#include "goodfit/train/recipe/recipe.hpp"
#include "tests/command.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> guides() {
  std::vector<fs::path> pages;
  for (const auto& entry : fs::directory_iterator("docs"))
    if (entry.path().extension() == ".md") pages.push_back(entry.path());
  std::sort(pages.begin(), pages.end());
  return pages;
}

// The blocks of one language in a page.
std::vector<std::string> blocks_of(const fs::path& page, const std::string& language) {
  std::vector<std::string> blocks;
  bool inside = false;
  for (const std::string& line : lines_of(file_text(page))) {
    if (inside && line.starts_with("```"))
      inside = false;
    else if (inside)
      blocks.back() += line + "\n";
    else if (line == "```" + language)
      inside = true, blocks.emplace_back();
  }
  return blocks;
}

std::string be32(unsigned value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += char(value >> shift & 255);
  return bytes;
}

// A folder with all that the guides name: small data, and runs that were trained on it.
struct Guide : CommandTest {
  Guide() {
    for (const char* name : {"recipes", "examples", "bench"})
      fs::create_directory_symlink(fs::absolute(name), path(name));
    fs::create_directories(path("data/mnist"));
    for (const auto& entry : fs::directory_iterator("data"))
      fs::create_symlink(fs::absolute(entry.path()), path("data") / entry.path().filename());
    fs::create_directory(path("bin"));
    fs::create_symlink(command_path(), path("bin/goodfit"));
    Random random(5, stream_of("guide"));
    for (const auto& [name, rows] :
         {std::pair{"houses.csv", 200}, {"new.csv", 20}, {"sold_since.csv", 20}})
      folder.write(name, houses(random, rows));
    folder.write("visits.jsonl", visits(random));
    pictures(random);
    for (const auto& [part, count] : {std::pair{"train", 64u}, {"t10k", 32u}}) {
      std::string images = be32(0x803) + be32(count) + be32(28) + be32(28);
      std::string labels = be32(0x801) + be32(count);
      for (unsigned i = 0; i < count * 784; ++i) images += char(random.below(256));
      for (unsigned i = 0; i < count; ++i) labels += char(i % 10);
      const std::string begin = std::string("data/mnist/") + part;
      folder.write(begin + "-images-idx3-ubyte", images);
      folder.write(begin + "-labels-idx1-ubyte", labels);
    }
  }

  static std::string houses(Random& random, int rows) {
    std::string text = "area,rooms,price\n";
    for (int i = 0; i < rows; ++i) {
      const double area = 50 + 100 * random.uniform(), rooms = 1 + double(random.below(6));
      text += std::to_string(area) + "," + std::to_string(rooms) + "," +
              std::to_string(2000 * area + 9000 * rooms) + "\n";
    }
    return text;
  }
  static std::string visits(Random& random) {
    std::string text;
    for (int i = 0; i < 100; ++i)
      text += fmt::format("{{\"age\": {}, \"came\": \"{}\"}}\n", random.below(90),
                          i % 3 ? "yes" : "no");
    return text;
  }
  void pictures(Random& random) {
    const auto draw = [&](const std::string& name, int kind) {
      Picture picture{12, 12 + kind, 3, {}};  // each class has its size
      for (int i = 0; i < 12 * (12 + kind) * 3; ++i)
        picture.pixels.push_back(static_cast<unsigned char>(100 * kind + random.below(100)));
      fs::create_directories(fs::path(path(name)).parent_path());
      folder.write(name, png(picture));
    };
    for (int i = 0; i < 20; ++i) {
      const std::string file = std::to_string(i) + ".png";
      draw("pictures/train/cat/" + file, 0), draw("pictures/train/dog/" + file, 1);
      draw("pictures/test/cat/" + file, 0), draw("pictures/test/dog/" + file, 1);
      draw("new_pictures/" + file, i % 2);
    }
  }
  void train_the_runs() {
    good({"train", "recipes/digits.toml", "epochs=1", "--out", "runs/digits", "--quiet"});
    good({"train", "recipes/digits.toml", "epochs=1", "--out", "runs/other", "--quiet"});
    write_recipe();
    good({"train", "houses.toml", "--out", "runs/houses", "--quiet"});
    good({"train", "r.toml", "split.test=0.2", "--out", "runs/flowers", "--quiet"});
  }

  void write_recipe() {
    folder.write("houses.toml", R"(epochs = 2
loss = "mse"
model = ["standardize", {dense = 16}, "relu", {dropout = 0.1}, {dense = 1}]
data = {csv = {path = "houses.csv", target = "price"}}
split = {test = 0.2}
[lr]
type = "one_cycle"
max = 1e-2
)");
  }

  // A line of a shell in a guide; trainings are cut to an epoch.
  void run_line(const std::string& guide, const std::string& line) const {
    std::string command = line.substr(0, line.find(" #"));
    const std::string program = command.substr(0, command.find(' '));
    if (program == "./demo.sh" || program == "./test.sh") {
      EXPECT_TRUE(fs::exists(program)) << guide << ": " << line;
    } else if (program == "python3") {
      const std::string file = command.substr(8, command.find(' ', 8) - 8);
      EXPECT_TRUE(fs::exists(file)) << guide << ": " << line;
    } else if (command.starts_with("goodfit data fetch ")) {  // fetching has tests of its own
      EXPECT_TRUE(says(good({"data"}), command.substr(19))) << guide;
    } else if (program == "goodfit") {
      if (command.starts_with("goodfit train ")) command += " epochs=1";
      const std::string shell =
          "cd " + folder.path() + " && PATH=" + path("bin") + ":$PATH " + command + " >.said 2>&1";
      EXPECT_EQ(std::system(shell.c_str()), 0) << guide << ": " << line << "\n"
                                               << file_text(path(".said"));
    } else {
      EXPECT_EQ(program, "tensorboard") << guide << ": who runs " << line << "?";
    }
  }
};

TEST_F(Guide, EveryCommandRuns) {
  train_the_runs();
  int commands = 0;
  for (const fs::path& page : guides()) {
    write_recipe();
    if (says(file_text(page), "goodfit new houses.csv")) fs::remove(path("houses.toml"));
    for (const std::string& recipe : blocks_of(page, "toml"))
      if (const std::string first = lines_of(recipe)[0]; first.ends_with(".toml"))
        folder.write(first.substr(2), recipe);
    for (const std::string& block : blocks_of(page, "sh"))
      for (const std::string& line : lines_of(block))
        if (!line.empty()) run_line(page.string(), line), ++commands;
    for (const char* left : {"tuned.toml", "tuned.safetensors"}) fs::remove(path(left));
    for (const auto& entry : fs::directory_iterator(path("runs")))  // the next page begins anew
      if (const std::string name = entry.path().filename();
          name != "digits" && name != "houses" && name != "flowers" && name != "other")
        fs::remove_all(entry.path());
  }
  EXPECT_GT(commands, 40);
}

TEST_F(Guide, EveryPythonProgramRuns) {
  const std::string python = python_with("GOODFIT_ONNX_PYTHON", "onnx, onnxruntime");
  if (python.empty())
    GTEST_SKIP() << "needs a Python with onnx and onnxruntime; name one by GOODFIT_ONNX_PYTHON";
  train_the_runs();
  good({"export", "runs/digits", "digits.onnx"});
  for (const fs::path& page : guides())
    for (const std::string& block : blocks_of(page, "python")) {
      folder.write("guide.py", block);
      const std::string command = "cd " + folder.path() + " && " + python + " guide.py";
      EXPECT_EQ(std::system(command.c_str()), 0) << page.string() << block;
    }
}

TEST_F(Guide, EveryRecipeIsRead) {
  int recipes = 0;
  for (const fs::path& page : guides())
    for (const std::string& block : blocks_of(page, "toml")) {
      folder.write("guide.toml", block);
      try {
        read_recipe(path("guide.toml"));
      } catch (const Error& error) {
        ADD_FAILURE() << page.string() << ": " << error.what() << "\n" << block;
      }
      ++recipes;
    }
  EXPECT_GT(recipes, 3);
}

TEST_F(Guide, EveryProgramCompiles) {
  std::string includes = "#include <goodfit/goodfit.hpp>\n", bodies;
  for (const fs::path& page : guides())
    for (const std::string& block : blocks_of(page, "cpp")) {
      bodies += "{\n";
      for (const std::string& line : lines_of(block))
        (line.starts_with("#include") ? includes : bodies) += line + "\n";
      bodies += "}\n";
    }
  folder.write("guide.cpp",
               includes + "using namespace goodfit;\nvoid guide(Run& run) {\n" + bodies + "}\n");
  const std::string command = "c++ -std=c++20 -fsyntax-only -I. " + path("guide.cpp");
  EXPECT_EQ(std::system(command.c_str()), 0) << file_text(path("guide.cpp"));
}

}  // namespace
}  // namespace goodfit
