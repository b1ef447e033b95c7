#include <gtest/gtest.h>

#include <cstdlib>

#include "goodfit/base/files.hpp"
#include "goodfit/parts/datasets/testing.hpp"
#include "goodfit/train/recipe/random_recipe_testing.hpp"

namespace goodfit {
namespace {

TEST(RecipeCpp, PrintsTheProgramOfTheGuide) {
  const Recipe recipe{
      .data = Idx{.path = "data/mnist2"},
      .model = {Standardize{}, Dense{.out = 512}, BatchNorm{}, Relu{}, Dropout{}, Dense{.out = 10}},
      .optimizer = AdamW{.weight_decay = 0.05},
      .lr = OneCycle{.max = 3e-3},
      .batch = 64,
      .seed = 7,
  };
  EXPECT_EQ(recipe_cpp(recipe), R"(#include <goodfit/goodfit.hpp>
#include <iostream>
using namespace goodfit;

int main() {
  const Recipe recipe{
      .data = Idx{.path = "data/mnist2"},
      .model = {
          Standardize{},
          Dense{.out = 512},
          BatchNorm{},
          Relu{},
          Dropout{},
          Dense{.out = 10},
      },
      .optimizer = AdamW{.weight_decay = 0.05},
      .lr = OneCycle{.max = 0.003},
      .batch = 64,
      .seed = 7,
  };
  const Run run = train(recipe);
  for (const auto& [name, score] : run.best_scores)
    std::cout << name << " " << score << '\n';
  run.save("model.safetensors");
}
)");
}

TEST(RecipeCpp, AConstantLrIsANumber) {
  EXPECT_NE(recipe_cpp(Recipe{.lr = 0.5}).find("      .lr = 0.5,\n"), std::string::npos);
}

TEST(RecipeCpp, FirstValuesAndEndsAreMembers) {
  const std::string program = recipe_cpp(Recipe{.init = Lsuv{.tolerance = 0.05},
                                                .bias_init = Torch{},
                                                .stop = {.target = 0.9, .seconds = 60}});
  EXPECT_NE(program.find("      .init = Lsuv{.tolerance = 0.05},\n      .bias_init = Torch{},\n"
                         "      .stop = Stop{.target = 0.9, .seconds = 60},\n"),
            std::string::npos)
      << program;
}

struct OwnLayer {
  double strength = 1;
  static constexpr Card card{"own", "A layer that a program brings itself."};
  static constexpr auto fields() { return Fields{field("strength", &OwnLayer::strength, "")}; }
  Value build(Net&, Value x) const { return x; }
};
TEST(RecipeCpp, APartOfAProgramsOwnIsWrittenAsAnyOther) {
  EXPECT_NE(recipe_cpp(Recipe{.model = {OwnLayer{.strength = 2}}}).find("OwnLayer{.strength = 2}"),
            std::string::npos);
}

// Programs for many recipes in one file, so that the compiler reads the library once.
TEST(RecipeCpp, TheProgramsCompile) {
  if (std::system("c++ --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "there is no compiler";
  RandomRecipe recipes(3);
  std::string all = "#include <goodfit/goodfit.hpp>\n#include <iostream>\n";
  for (int i = 0; i < 60; ++i) {
    std::string program = recipe_cpp(recipes.make());
    program.erase(0, program.find("using namespace"));
    program.replace(program.find("main"), 4, "main" + std::to_string(i));
    program.insert(program.rfind('}'), "  return 0;\n");
    all += program;
  }
  const TemporaryFolder folder;
  const std::string file = folder.write("programs.cpp", all);
  const auto root = std::filesystem::current_path();  // tests run in the root of the project
  const std::string said = folder.path() + "/said";
  const std::string command = "c++ -std=c++20 -pedantic-errors -fsyntax-only -I" + root.string() +
                              " " + file + " > " + said + " 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0) << read_file(said).substr(0, 2000);
}

}  // namespace
}  // namespace goodfit
