// goodfit import: weights of another program's model as the beginning of a recipe.
#include "goodfit/study/import/import.hpp"

#include <fmt/core.h>

#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

class ImportVerb : public Verb {
 public:
  Card card() const override {
    return {"import", "Takes weights of another model into a recipe, to tune them."};
  }
  std::string_view examples() const override {
    return "  goodfit import runs/digits/model.safetensors new_digits.toml\n"
           "  goodfit import resnet.safetensors flowers.toml --map fc=layers.9 --freeze";
  }
  void declare(Arguments& arguments) override {
    arguments.required("WEIGHTS", weights_, "a safetensors file, of goodfit or of PyTorch");
    arguments.required("RECIPE", recipe_, "the recipe whose model takes them");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the recipe");
    arguments.option("--map OLD=NEW", maps_,
                     "names there that begin with OLD are NEW here; may be said again");
    arguments.flag("--freeze", freeze_,
                   "what was taken stays as it is; else it gets a tenth of the lr");
    arguments.option("--out FILE", out_, "the new recipe; else the recipe's name and -tuned.toml");
    arguments.flag("--json", json_, "one JSON object");
  }
  int run() override {
    ImportOptions options{.freeze = freeze_};
    for (const std::string& map : maps_) {
      const std::size_t equal = map.find('=');
      if (equal == 0 || equal == map.npos || equal + 1 == map.size())
        fail("--map {}: say OLD=NEW, as conv1=layers.0", map);
      options.renames.emplace_back(map.substr(0, equal), map.substr(equal + 1));
    }
    const fs::path out =
        out_.empty() ? fs::path(fs::path(recipe_).stem().string() + "-tuned.toml") : fs::path(out_);
    if (out.extension() != ".toml") fail("--out {}: is a recipe: let it end in .toml", out_);
    if (out_.empty() && fs::exists(out))
      fail("{}: is there already; say --out FILE, or remove it", out.string());
    const TensorFile file = read_tensors(weights_);
    Import import;
    try {
      import = import_tensors(file, read_recipe(recipe_, overrides_), options);
    } catch (const Error& error) {
      throw Error(weights_ + ": " + error.what(), error.exit_code);
    }
    fs::path weights = out;
    weights.replace_extension(".safetensors");
    import.recipe.weights = weights.string();
    if (out.has_parent_path()) make_folder(out.parent_path());
    write_safetensors(weights, import.file);
    write_atomic(out, recipe_toml(import.recipe, Which::changed));
    json_ ? tell_json(import, out.string()) : tell(import, out.string());
    return 0;
  }

 private:
  void tell(const Import& import, const std::string& out) const {
    std::vector<TableRow> rows{{"tensor", "shape", "from"}};
    for (const ImportedTensor& one : import.tensors)
      rows.push_back({one.name, one.shape.text(),
                      !one.from.empty()    ? one.from
                      : one.reason.empty() ? "begins anew"
                                           : "begins anew: " + one.reason});
    fmt::print("{}{} of {} tensors are taken", table_text(rows), import.taken(),
               import.tensors.size());
    if (!import.unused.empty()) fmt::print("; unused: {}", joined(import.unused, ", "));
    if (import.temperature != 1)
      fmt::print("; its temperature {} is not: calibrate the new run",
                 number_text(import.temperature));
    fmt::print("\nrecipe: {}   next: goodfit train {}\n", out, out);
  }
  void tell_json(const Import& import, const std::string& out) const {
    Setting::List tensors;
    for (const ImportedTensor& one : import.tensors)
      tensors.push_back(Setting::Table{{"name", one.name},
                                       {"from", one.from.empty() ? Setting() : Setting(one.from)}});
    fmt::print("{}\n", to_json(Setting::Table{
                           {"recipe", out},
                           {"weights", import.recipe.weights},
                           {"tensors", tensors},
                           {"unused", Setting::List(import.unused.begin(), import.unused.end())}}));
  }
  std::string weights_, recipe_, out_;
  std::vector<std::string> overrides_, maps_;
  bool freeze_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<Verb> import_verb() { return std::make_unique<ImportVerb>(); }

}  // namespace goodfit
