// goodfit check: whether a recipe would train, what is unwise in it, and how its signal flows.
#include <fmt/core.h>

#include "goodfit/base/json.hpp"
#include "goodfit/cli/comments.hpp"
#include "goodfit/cli/reference.hpp"
#include "goodfit/cli/signal_text.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/parts/datasets/in_memory.hpp"
#include "goodfit/study/lint/lint.hpp"
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
  Card card() const override {
    return {"check", "Says whether a recipe would train, and what is unwise in it."};
  }
  std::string_view examples() const override {
    return "  goodfit check recipes/digits.toml\n"
           "  goodfit check recipes/digits.toml model[1].out=4096\n"
           "  goodfit check recipes/digits.toml --signal";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RECIPE", recipe_, "the recipe, a TOML file");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the file");
    arguments.flag("--signal", signal_,
                   "activations and gradients of each layer before the first step, predicted and "
                   "measured");
    arguments.flag("--json", json_, "one JSON object per line");
  }
  int run() override {
    Recipe recipe = read_recipe(recipe_, overrides_);
    const Recipe as_written = recipe;
    Data data;
    if (recipe.data) {  // read once
      data = recipe.data->load(wanted_by(recipe));
      recipe.data = in_memory(data);
    }
    print_begin(recipe);
    const Portions portions =
        split_data(data, recipe.split, has_classes(recipe.loss.meaning()), recipe.seed);
    print_findings(lint(as_written, &portions.train));
    if (signal_) print_signal(measure_signal(recipe, data));
    return 0;
  }

 private:
  // Throws Error for what training would refuse.
  void print_begin(const Recipe& recipe) const {
    StopBeforeTraining stop;
    TrainOptions options;
    options.callbacks = {&stop};
    try {
      train(recipe, options);
    } catch (const Prepared& prepared) {
      const BeginReport& is = prepared.report;
      const Setting dropped = Setting::List(is.dropped_biases.begin(), is.dropped_biases.end());
      if (json_)
        fmt::print("{}\n", to_json(Setting::Table{{"event", "good"},
                                                  {"recipe", recipe_},
                                                  {"train", is.train},
                                                  {"validation", is.validation},
                                                  {"test", is.test},
                                                  {"parameters", is.parameters},
                                                  {"epochs", is.epochs},
                                                  {"steps", is.steps},
                                                  {"dropped_biases", dropped}}));
      else
        fmt::print(
            "{}: good: {} training samples, {} validation, {} test; {} parameters; {} epochs of {} "
            "steps\n",
            recipe_, is.train, is.validation, is.test, is.parameters, is.epochs,
            is.steps / is.epochs);
      if (json_) return;
      for (const std::string& layer : is.dropped_biases)
        fmt::print("{}: its bias is dropped, as the next layer takes out what a bias adds\n",
                   layer);
    }
  }
  void print_findings(const Findings& findings) const {
    for (const Finding& finding : findings) {
      const std::string why = comment_of(rule_header(finding.rule));
      if (json_)
        fmt::print("{}\n", to_json(Setting::Table{{"event", "finding"},
                                                  {"rule", finding.rule},
                                                  {"place", finding.place},
                                                  {"what", finding.what},
                                                  {"advice", finding.advice},
                                                  {"why", why},
                                                  {"source", source_in(why)}}));
      else
        fmt::print("check: {}\n", finding.text());
    }
    if (!json_ && !findings.empty())
      fmt::print("goodfit show {} says why, and so for each name in brackets\n",
                 findings.front().rule);
  }
  void print_signal(const SignalReport& report) const {
    if (json_)
      fmt::print("{}\n", signal_json(report));
    else
      fmt::print("\n{}", signal_text(report, terminal_of(stdout)));
  }

  std::string recipe_;
  std::vector<std::string> overrides_;
  bool signal_ = false, json_ = false;
};

}  // namespace

std::unique_ptr<Verb> check_verb() { return std::make_unique<Check>(); }

}  // namespace goodfit
