// goodfit check: whether a recipe would train, without a step.
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/train/trainer/train.hpp"

namespace goodfit {
namespace {

// Leaves train() when all is prepared and nothing has been done.
struct Prepared {
  BeginReport report;
};
struct StopBeforeTraining : Callback {
  void on_begin(const BeginReport& report) override { throw Prepared{report}; }
};

class Check : public Verb {
 public:
  Card card() const override { return {"check", "Says whether a recipe would train."}; }
  std::string_view examples() const override {
    return "  goodfit check recipes/digits.toml\n"
           "  goodfit check recipes/digits.toml model[1].out=4096";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RECIPE", recipe_, "the recipe, a TOML file");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the file");
  }
  int run() override {
    StopBeforeTraining stop;
    TrainOptions options;
    options.callbacks = {&stop};
    try {
      train(read_recipe(recipe_, overrides_), options);
    } catch (const Prepared& prepared) {
      const BeginReport& is = prepared.report;
      fmt::print(
          "{}: good: {} training samples, {} validation, {} test; {} parameters; {} epochs of {} "
          "steps\n",
          recipe_, is.train, is.validation, is.test, is.parameters, is.epochs,
          is.steps / is.epochs);
      for (const std::string& layer : is.dropped_biases)
        fmt::print("{}: its bias is dropped: the layer after it takes out what a bias adds\n",
                   layer);
    }
    return 0;
  }

 private:
  std::string recipe_;
  std::vector<std::string> overrides_;
};

}  // namespace

std::unique_ptr<Verb> check_verb() { return std::make_unique<Check>(); }

}  // namespace goodfit
