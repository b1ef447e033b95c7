// goodfit show: the parts a recipe can name, a recipe with everything filled in, or what a layer of
// a run looks for.
#include <fmt/core.h>

#include "goodfit/base/files.hpp"
#include "goodfit/cli/reference.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/study/features/features.hpp"
#include "goodfit/train/recipe/recipe.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

class ShowVerb : public Verb {
 public:
  Card card() const override {
    return {"show", "Shows parts and their settings, a recipe, or features."};
  }
  std::string_view examples() const override {
    return "  goodfit show adamw\n"
           "  goodfit show recipes/digits.toml --cpp\n"
           "  goodfit show runs/autoencoder --features features.png\n"
           "  goodfit show --reference docs/reference";
  }
  void declare(Arguments& arguments) override {
    arguments.optional(
        "NAME", name_,
        "a part, a catalogue (layers, losses, …), a recipe or a run; else all parts");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the recipe");
    arguments.flag("--cpp", cpp_, "the recipe as a C++ program");
    arguments.flag("--json", json_, "parts as one JSON object per line");
    arguments.option("--features FILE", features_,
                     "draws what the units of a run's layer look for, as a PNG picture");
    arguments.option("--layer NAME", layer_, "whose; else the first that can be drawn");
    arguments.option("--reference DIR", reference_,
                     "writes a page for each catalogue, in Markdown");
  }
  int run() override {
    if (!reference_.empty()) return write_reference();
    if (!features_.empty()) return show_features();
    if (!layer_.empty()) fail("show: --layer {} belongs to --features FILE", layer_);
    if (is_recipe()) return show_recipe();
    if (cpp_) fail("show: --cpp prints a recipe: goodfit show RECIPE.toml --cpp");
    if (!overrides_.empty())
      fail("show: {} belongs to a recipe: name its file first", overrides_[0]);
    std::vector<std::string> known;
    std::string text;
    for (const Shelf& shelf : reference()) {
      known.push_back(shelf.name);
      if (shelf.name == name_ && !json_) text += shelf_text(shelf);
      for (const PartText& part : shelf.parts) {
        known.push_back(part.key);
        const bool wanted = part.key == name_ || (json_ && (name_.empty() || shelf.name == name_));
        if (!wanted) continue;
        if (json_)
          text += part_json(shelf, part) + "\n";
        else
          text += (text.empty() ? "" : "\n") + part_text(shelf, part);
      }
    }
    if (name_.empty() && !json_) text = overview_text();
    if (text.empty()) fail_unknown("show", "part", name_, known);
    fmt::print("{}", text);
    return 0;
  }

 private:
  bool is_recipe() const {
    return name_.ends_with(".toml") || name_.find('/') != name_.npos || fs::is_regular_file(name_);
  }
  int write_reference() const {
    if (!name_.empty()) fail("show: --reference writes all parts; leave {} out", name_);
    make_folder(reference_);
    for (const auto& [name, text] : reference_pages())
      write_atomic(fs::path(reference_) / name, text);
    return 0;
  }
  int show_features() const {
    if (name_.empty()) fail("show: --features draws the weights of a run: name its folder");
    const Tiles tiles = features_of(load_run(name_), layer_);
    write_atomic(features_, png(drawn(tiles)));
    fmt::print("{}: {} pictures of {} × {}\n", features_, tiles.count(), tiles.height, tiles.width);
    return 0;
  }
  int show_recipe() const {
    if (json_) fail("show: --json prints parts; a recipe is TOML or --cpp");
    const fs::path file =
        fs::is_directory(name_) ? fs::path(name_) / "recipe.toml" : fs::path(name_);
    const Recipe recipe = read_recipe(file, overrides_);
    fmt::print("{}", cpp_ ? recipe_cpp(recipe) : recipe_toml(recipe));
    return 0;
  }

  std::string name_, reference_, features_, layer_;
  std::vector<std::string> overrides_;
  bool cpp_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<Verb> show_verb() { return std::make_unique<ShowVerb>(); }

}  // namespace goodfit
