// goodfit new: a table becomes a recipe to go on from; nothing is trained.
#include <fmt/core.h>

#include <filesystem>

#include "goodfit/base/files.hpp"
#include "goodfit/cli/start_text.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"

namespace goodfit {
namespace {

class New : public Verb {
 public:
  Card card() const override { return {"new", "Writes a recipe for a table of your own."}; }
  std::string_view examples() const override {
    return "  goodfit new houses.csv --target price\n"
           "  goodfit new visits.tsv.gz --target came split.group=patient --out visits.toml";
  }
  void declare(Arguments& arguments) override {
    arguments.required(
        "DATA", data_,
        "a table: .csv, .tsv, .txt, .jsonl; or .npz, .libsvm; plain or .gz; or a folder with a "
        "folder of pictures for each class");
    arguments.optional("KEY=VALUE", overrides_, "settings over those that are found");
    arguments.option("--target COLUMN", target_, "the column to predict; else the last one");
    arguments.option("--task TASK", task_, "regression or classes; else by the target's values");
    arguments.option("--out FILE", out_, "the recipe; else the table's name with .toml");
    arguments.flag("--json", json_, "one JSON object");
  }

  int run() override {
    const Start start = start_of(data_, start_options(target_, task_, overrides_));
    Start changed = start;
    changed.recipe = overridden(start.recipe, overrides_);
    const std::string out = out_.empty() ? bare_name(data_) + ".toml" : out_;
    if (out_.empty() && std::filesystem::exists(out))
      fail("{}: is there already; say --out FILE, or remove it", out);
    write_atomic(out, start_toml(changed));
    if (json_)
      fmt::print("{}\n", start_json(start, data_));
    else
      fmt::print("{}recipe: {}   next: goodfit train {}\n",
                 start_text(start, data_, terminal_of(stdout)), out, out);
    return 0;
  }

 private:
  std::string data_, target_, task_ = "auto", out_;
  std::vector<std::string> overrides_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Verb> new_verb() { return std::make_unique<New>(); }

}  // namespace goodfit
