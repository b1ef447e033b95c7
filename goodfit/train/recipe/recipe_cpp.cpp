// A recipe as C++: each aggregate with the members that differ from their defaults, in the order of
// its fields(), which is the order of its members.
#include <fmt/core.h>

#include "goodfit/parts/schedules/constant.hpp"
#include "goodfit/train/recipe/recipe.hpp"

namespace goodfit {
namespace {

constexpr std::size_t widest = 96;  // of a line that is not broken

template <class T>
std::string member_text(std::string_view, const T& value) {
  return cpp_member(value);
}
std::string member_text(std::string_view key, const std::vector<Layer>& layers) {
  std::string line = cpp_member(layers);
  if (line.size() + key.size() < widest - 10) return line;
  line = "{\n";
  for (const Layer& layer : layers) line += "          " + layer.cpp() + ",\n";
  return line + "      }";
}
std::string member_text(std::string_view, const Schedule& lr) {
  const auto* constant = lr.as<ConstantSchedule>();
  return constant ? cpp_member(constant->value) : lr.cpp();
}

}  // namespace

std::string recipe_cpp(const Recipe& recipe) {
  const Recipe standard;
  std::string members;
  each_field<Recipe>([&](const auto& f) {
    if (!(write_member(recipe.*f.at, Which::all) == write_member(standard.*f.at, Which::all)))
      members += fmt::format("      .{} = {},\n", f.key, member_text(f.key, recipe.*f.at));
  });
  return "#include <goodfit/goodfit.hpp>\n"
         "#include <iostream>\n"
         "using namespace goodfit;\n"
         "\n"
         "int main() {\n"
         "  const Recipe recipe{\n" +
         members +
         "  };\n"
         "  const Run run = train(recipe);\n"
         "  for (const auto& [name, score] : run.best_scores)\n"
         "    std::cout << name << \" \" << score << '\\n';\n"
         "  run.save(\"model.safetensors\");\n"
         "}\n";
}

}  // namespace goodfit
