// goodfit plan: the ops of a training step, their order and their memory.
#include <fmt/core.h>

#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/train/trainer/train.hpp"

namespace goodfit {
namespace {

class PlanVerb : public Verb {
 public:
  Card card() const override {
    return {"plan", "Prints the ops and the memory of a training step."};
  }
  std::string_view examples() const override {
    return "  goodfit plan recipes/digits.toml\n"
           "  goodfit plan recipes/digits.toml batch=32 --no-pass fuse_followers";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RECIPE", recipe_, "the recipe, a TOML file");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the file");
    arguments.option("--no-pass NAME", without_, "switches a pass over the graph off");
  }
  int run() override {
    const std::string text = plan_recipe(read_recipe(recipe_, overrides_), without_);
    fmt::print("{}{}", text, text.ends_with('\n') ? "" : "\n");
    return 0;
  }

 private:
  std::string recipe_;
  std::vector<std::string> overrides_, without_;
};

}  // namespace

std::unique_ptr<Verb> plan_verb() { return std::make_unique<PlanVerb>(); }

}  // namespace goodfit
