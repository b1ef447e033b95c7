// goodfit lr-find: an lr range test, and which of its suggestions trains best.
#include <fmt/core.h>

#include <algorithm>

#include "goodfit/base/clock.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/base/text.hpp"
#include "goodfit/cli/interruption.hpp"
#include "goodfit/cli/plot.hpp"
#include "goodfit/cli/progress.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/parts/schedules/constant.hpp"
#include "goodfit/train/trainer/lr_range.hpp"

namespace goodfit {
namespace {

std::string csv_of(const LrRange& range) {
  std::string text = "lr,loss,smoothed\n";
  for (std::size_t i = 0; i < range.lr.size(); ++i)
    text += fmt::format("{},{},{}\n", number_text(range.lr[i]), number_text(range.loss[i]),
                        number_text(range.smoothed[i]));
  return text;
}

// As it is written into a recipe.
std::string line_of(const Schedule& lr) {
  if (const auto* constant = lr.as<ConstantSchedule>())
    return "lr = " + number_text(constant->value);
  return "lr = " + lr.write(Which::changed).shown();
}

class LrFind : public Verb {
 public:
  Card card() const override {
    return {"lr-find", "Looks for the lr that a recipe trains best with."};
  }
  std::string_view examples() const override {
    return "  goodfit lr-find recipes/digits.toml\n"
           "  goodfit lr-find recipes/digits.toml optimizer.type=sgd --steps 200 --out lr\n"
           "  goodfit train recipes/digits.toml lr=auto";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RECIPE", recipe_, "the recipe, a TOML file");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the file");
    arguments.option("--steps N", steps_, within(20, 10000), "steps of the range test; else 100");
    arguments.option("--out DIR", out_, "folder that gets lr.csv, the curve");
    arguments.option("--threads N", threads_, within(0, 1024),
                     "threads; 0 takes all cores; results do not depend on it");
    arguments.flag("--json", json_, "one JSON object per line");
    arguments.flag("--quiet", quiet_, "prints only the line for the recipe");
  }

  int run() override {
    Recipe recipe = read_recipe(recipe_, overrides_);
    Auto settings = auto_of(recipe.lr);
    if (steps_ > 0) settings.steps = steps_;
    recipe.lr = settings;
    TrainOptions options;
    options.threads = int(threads_);
    options.interrupted = &listen_for_interruption();
    const auto shown =
        progress(json_ || quiet_ ? Show::quiet : Show::lines, stdout, terminal_of(stdout));
    options.callbacks = {shown.get()};
    const double began = seconds_now();
    const LrRange range = find_lr(recipe, options);
    if (range.interrupted) {
      fmt::print(stderr, "goodfit: interrupted; nothing was found yet\n");
      return interrupted_exit;
    }
    if (!out_.empty()) {
      make_folder(out_);
      write_atomic(std::filesystem::path(out_) / "lr.csv", csv_of(range));
    }
    if (json_)
      fmt::print("{}\n", to_json(to_event(range)));
    else if (quiet_)
      fmt::print("{}\n", line_of(range.schedule));
    else
      tell(range, recipe.lr.as<Auto>()->schedule, seconds_now() - began);
    return 0;
  }

 private:
  void tell(const LrRange& range, const Schedule& schedule, double seconds) const {
    const Terminal terminal = terminal_of(stdout);
    const double begin = range.smoothed.front(),
                 lowest = *std::min_element(range.smoothed.begin(), range.smoothed.end());
    Axes axes{.log_x = true, .highest = begin + 0.3 * (begin - lowest)};
    for (const LrSuggestion& one : range.suggestions)
      axes.marks.emplace_back(one.lr, one.name.substr(0, 1));
    fmt::print("loss, smoothed, of {} steps with rising lr{}\n", range.lr.size(),
               range.exploded ? "; then it exploded" : "");
    fmt::print(
        "{}\n",
        plot_text({{terminal.live && !terminal.unicode ? "*" : "•", range.lr, range.smoothed}},
                  axes, terminal));
    std::vector<TableRow> suggestions{{"suggestion", "lr"}};
    for (const LrSuggestion& one : range.suggestions)
      suggestions.push_back({fmt::format("{}: {}", one.name, one.about), number_text(one.lr)});
    fmt::print("{}\n", table_text(suggestions));
    std::vector<TableRow> trials{
        {fmt::format("trial of {} steps, lr", range.trial_steps), "loss of held-out samples", ""}};
    for (const LrTrial& one : range.trials)
      trials.push_back({number_text(one.lr),
                        std::isfinite(one.loss) ? fmt::format("{:.4g}", one.loss) : "exploded",
                        one.lr == range.chosen ? "best" : ""});
    fmt::print("{}\n", table_text(trials));
    fmt::print("borders of a cyclic lr: base {}, max {}\n", number_text(range.base),
               number_text(range.max));
    fmt::print("{}; for the recipe{}:\n{}\n", duration_text(seconds),
               schedule.as<ConstantSchedule>() ? "" : ", with its own schedule",
               terminal.painted(Ink::bold, line_of(range.schedule)));
  }

  std::string recipe_, out_;
  std::vector<std::string> overrides_;
  Size steps_ = 0, threads_ = 0;
  bool json_ = false, quiet_ = false;
};

}  // namespace

std::unique_ptr<Verb> lr_find_verb() { return std::make_unique<LrFind>(); }

}  // namespace goodfit
