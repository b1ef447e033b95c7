// goodfit train: a recipe, or data for which one is found, becomes a run in a folder of its own.
#include "goodfit/train/trainer/train.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "goodfit/base/clock.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/cli/interruption.hpp"
#include "goodfit/cli/progress.hpp"
#include "goodfit/cli/start_text.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/study/shift/shift_watch.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

// runs/NAME, or the first of runs/NAME-2, runs/NAME-3, … that is not taken.
fs::path free_folder(const std::string& name) {
  fs::path folder = fs::path("runs") / name;
  for (int i = 2; fs::exists(folder); ++i)
    folder = fs::path("runs") / fmt::format("{}-{}", name, i);
  return folder;
}

// The weights one by one only while they fit on a line.
std::string zeros_text(const Scores& zeros) {
  std::string text;
  for (const auto& [name, share] : zeros)
    if (name == "all" || zeros.size() < 5)
      text += fmt::format("{}{:.3g} % of {}", text.empty() ? "exact zeros: " : ", ", 100 * share,
                          name == "all" ? "the weights" : name);
  return text;
}

std::string ending_text(Ending ending) {
  std::string text(name_of(ending));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

class Train : public Verb {
 public:
  Card card() const override {
    return {"train", "Trains a recipe, a table or pictures and writes a run."};
  }
  std::string_view examples() const override {
    return "  goodfit train recipes/digits.toml\n"
           "  goodfit train houses.csv --target price\n"
           "  goodfit train visits.csv --target came split.group=patient\n"
           "  goodfit train pictures\n"
           "  goodfit train recipes/digits.toml optimizer.weight_decay=0.05 epochs=50 --out runs/a";
  }
  void declare(Arguments& arguments) override {
    arguments.optional(
        "RECIPE", recipe_,
        "the recipe, a TOML file; or data: .csv, .tsv, .txt, .jsonl, .npz, .libsvm, .gz, or a "
        "folder with a folder of pictures for each class");
    arguments.optional("KEY=VALUE", overrides_, "settings over those of the file: model[2].p=0.1");
    arguments.option("--target COLUMN", target_,
                     "of a table: the column to predict; else the last");
    arguments.option("--task TASK", task_,
                     "of a table: regression or classes; else by the target's values");
    arguments.option("--out DIR", out_, "folder of the run; else runs/ and the recipe's name");
    arguments.option("--resume RUN", resume_, "goes on with a run that was cut short, bit for bit");
    arguments.option("--threads N", threads_, within(0, 1024),
                     "threads; 0 takes all cores; results do not depend on it");
    arguments.option("--no-pass NAME", without_, "switches a pass over the graph off");
    arguments.flag("--json", json_, "one JSON object per line");
    arguments.flag("--quiet", quiet_, "prints nothing but errors");
  }

  int run() override {
    TrainOptions options;
    const Recipe recipe = prepare(options);
    const auto shown = progress(json_    ? Show::json
                                : quiet_ ? Show::quiet
                                         : Show::lines,
                                stdout, terminal_of(stdout));
    options.threads = int(threads_);
    options.without_passes = without_;
    ShiftWatch watch([this](const SplitShift& split) {
      if (!resume_.empty()) return;  // it was said when the run began
      if (json_)
        fmt::print("{}\n", to_json(to_setting(split)));
      else if (!quiet_)
        fmt::print("{}\n", terminal_of(stdout).painted(Ink::red, split.text()));
      std::fflush(stdout);
    });
    options.callbacks = {shown.get(), &watch};
    options.interrupted = &listen_for_interruption();
    const Run run = train(recipe, options);
    if (run.ending == Ending::interrupted) return tell_interrupted(run, options.folder);
    if (json_)
      tell_json(run, "done");
    else if (!quiet_)
      tell(run);
    return 0;
  }

 private:
  // The recipe, and where its run goes.
  Recipe prepare(TrainOptions& options) const {
    if (!resume_.empty()) {
      std::vector<std::string> changes = overrides_;
      if (!recipe_.empty()) changes.insert(changes.begin(), recipe_);
      for (const std::string& change : changes)
        if (!change.starts_with("stop.") || change.starts_with("stop.monitor"))
          fail(
              "train: --resume {} takes its recipe from the run: leave out \"{}\"; only when to "
              "stop can be changed, as by stop.seconds=600",
              resume_, change);
      if (!out_.empty())
        fail("train: --resume {} goes on in its own folder: leave out --out", resume_);
      const fs::path file = fs::path(resume_) / "recipe.toml";
      if (!fs::exists(file))
        fail("{}: there is no run to go on with: {} is missing", resume_, file.string());
      options.folder = resume_;
      options.resume = true;
      return read_recipe(file, changes);
    }
    if (recipe_.empty()) fail("train: which recipe? goodfit train RECIPE.toml, or --resume RUN");
    if (!out_.empty() && fs::exists(fs::path(out_) / "recipe.toml"))
      fail("--out {}: already holds a run: choose another folder, or go on with it by --resume {}",
           out_, out_);
    const bool table = is_data_name(recipe_);
    if (!table && !(target_.empty() && task_ == "auto"))
      fail("train: --target and --task are for tables; {} says it by its data and loss", recipe_);
    const Recipe recipe = table ? found() : read_recipe(recipe_, overrides_);
    options.folder = out_.empty() ? free_folder(bare_name(recipe_)) : fs::path(out_);
    return recipe;
  }

  // The recipe for data, and what it goes by.
  Recipe found() const {
    const Start start = start_of(recipe_, start_options(target_, task_, overrides_));
    if (json_)
      fmt::print("{}\n", start_json(start, recipe_));
    else if (!quiet_)
      fmt::print("{}\n", start_text(start, recipe_, terminal_of(stdout)));
    std::fflush(stdout);
    return overridden(start.recipe, overrides_);
  }

  void tell(const Run& run) const {
    const Terminal terminal = terminal_of(stdout);
    std::string best = fmt::format("best epoch {} of {}", run.best_epoch, run.epochs);
    if (run.ending != Ending::finished) best += ", " + ending_text(run.ending);
    if (!run.best_scores.empty()) best += ": validation " + scores_text(run.best_scores);
    fmt::print("{}\n", terminal.painted(Ink::bold, best));
    if (!run.test_scores.empty())
      fmt::print("{}\n", terminal.painted(Ink::bold, "test " + scores_text(run.test_scores)));
    if (!run.zeros.empty()) fmt::print("{}\n", zeros_text(run.zeros));
    const std::string folder = run.folder.string();
    const std::string ending =
        is_table_name(recipe_) ? ".csv" : fs::path(recipe_).extension().string();
    if (is_data_name(recipe_))
      fmt::print(
          "{}\nrun: {}   next: goodfit predict {} NEW{}   or change: goodfit train "
          "{}/recipe.toml\n",
          duration_text(run.seconds), folder, folder, ending, folder);
    else
      fmt::print("{}\nrun: {}   next: goodfit evaluate {}\n", duration_text(run.seconds), folder,
                 folder);
  }

  void tell_json(const Run& run, const char* name) const {
    Setting event{Setting::Table{}};
    event["event"] = name;
    event["run"] = run.folder.string();
    event["outcome"] = name_of(run.ending);
    event["epochs"] = run.epochs;
    event["seconds"] = run.seconds;
    event["best_epoch"] = run.best_epoch;
    event["best"] = to_setting(run.best_scores);
    event["test"] = to_setting(run.test_scores);
    if (!run.zeros.empty()) event["zeros"] = to_setting(run.zeros);
    fmt::print("{}\n", to_json(event));
  }

  int tell_interrupted(const Run& run, const fs::path& folder) const {
    if (json_) tell_json(run, "interrupted");
    std::fflush(stdout);
    fmt::print(stderr, "goodfit: interrupted; go on with: goodfit train --resume {}\n",
               folder.string());
    return interrupted_exit;
  }

  std::string recipe_, target_, task_ = "auto", out_, resume_;
  std::vector<std::string> overrides_, without_;
  Size threads_ = 0;
  bool json_ = false, quiet_ = false;
};

}  // namespace

std::unique_ptr<Verb> train_verb() { return std::make_unique<Train>(); }

}  // namespace goodfit
