// goodfit compare: recipes, or a grid or random choice of settings, over the same seeds and splits.
#include "goodfit/study/compare/compare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/clock.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/cli/interruption.hpp"
#include "goodfit/cli/plot.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/verbs/catalogue.hpp"
#include "goodfit/study/report/report.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

constexpr double chance = 0.05;        // below it a difference is called one
constexpr std::size_t most_drawn = 4;  // curves, and runs in the report

std::string mean_text(const Mean& mean) {
  if (std::isnan(mean.value)) return "";
  if (!(mean.error > 0)) return fmt::format("{:.4g}", mean.value);
  const int digits = std::clamp(1 - int(std::floor(std::log10(mean.error))), 0, 9);
  return fmt::format("{:.{}f} ± {:.{}f}", mean.value, digits, mean.error, digits);
}

std::string p_text(double p) { return p < 0.001 ? "<0.001" : fmt::format("{:.2g}", p); }

// The score over the epochs, on the average of the seeds.
PlottedCurve curve_of(const Standing& standing, std::size_t rank) {
  PlottedCurve curve{fmt::format("{}", rank + 1), {}, {}};
  std::size_t epochs = standing.trials.front().curve.size();
  for (const Trial& trial : standing.trials) epochs = std::min(epochs, trial.curve.size());
  for (std::size_t e = 0; e < epochs; ++e) {
    double mean = 0;
    for (const Trial& trial : standing.trials)
      mean += trial.curve[e] / double(standing.trials.size());
    curve.x.push_back(double(e + 1));
    curve.y.push_back(mean);
  }
  return curve;
}

Setting mean_setting(const Mean& mean) {
  return Setting::Table{{"mean", mean.value}, {"interval", mean.error}};
}

class Compare : public Verb {
 public:
  Card card() const override {
    return {"compare", "Trains variants of a recipe over several seeds and says which is best."};
  }
  std::string_view examples() const override {
    return "  goodfit compare recipes/digits.toml optimizer.type=sgd,adam lr=1e-3,1e-2 --seeds 5\n"
           "  goodfit compare a.toml b.toml --by accuracy --out runs/a-or-b\n"
           "  goodfit compare recipes/digits.toml lr=1e-4..1e-1 batch=16..256 --random 27 "
           "--halving";
  }
  void declare(Arguments& arguments) override {
    arguments.required("RECIPE", recipe_, "the recipe, a TOML file");
    arguments.optional("KEY=VALUES", others_,
                       "settings, each value with each: lr=1e-3,1e-2; or more recipes");
    arguments.option("--seeds N", seeds_, within(1, 1000), "runs of each variant; else 5");
    arguments.option("--random N", random_, within(2, 100000),
                     "draws so many variants instead of a grid; ranges: lr=1e-4..1e-1");
    arguments.flag("--halving", halving_,
                   "the better third goes on after a part of the epochs, and so on");
    arguments.option("--by SCORE", by_,
                     "loss or a metric, on the validation samples; else what the recipe stops by");
    arguments.option("--out DIR", out_,
                     "folder of the runs; else runs/compare- and the recipe's name");
    arguments.option("--threads N", threads_, within(0, 1024),
                     "threads; 0 takes all cores; results do not depend on it");
    arguments.option("--at-once N", at_once_, within(0, 1024),
                     "runs at a time, for less memory; 0: as many as threads");
    arguments.flag("--json", json_, "one JSON object per line");
    arguments.flag("--quiet", quiet_, "prints nothing but errors");
  }

  int run() override {
    const std::vector<Variant> variants = read_variants();
    CompareOptions options{
        .folder = out_.empty() ? fs::path("runs") / ("compare-" + fs::path(recipe_).stem().string())
                               : fs::path(out_)};
    options.seeds = seeds_;
    options.by = by_;
    options.halving = halving_;
    options.threads = int(threads_);
    options.at_once = at_once_;
    options.interrupted = &listen_for_interruption();
    options.on_trial = [this](const Variant& variant, const Trial& trial, Size number, Size of) {
      tell_trial(variant, trial, number, of);
    };
    const double began = seconds_now();
    const Comparison result = compare(variants, options);
    if (result.interrupted) {
      std::fflush(stdout);
      fmt::print(stderr, "goodfit: interrupted; the same command goes on\n");
      return interrupted_exit;
    }
    write_atomic(options.folder / "compare.csv", csv_of(result));
    report(result, options.folder / "report.html");
    if (json_)
      tell_json(result, options.folder);
    else if (!quiet_)
      tell(result, options.folder, seconds_now() - began);
    return 0;
  }

 private:
  std::vector<Variant> read_variants() const {
    std::vector<std::string> recipes, all = others_;
    std::vector<Varied> varied;
    all.insert(all.begin(), recipe_);
    for (const std::string& one : all) {
      if (one.find('=') == one.npos && one.ends_with(".toml"))
        recipes.push_back(one);
      else
        varied.push_back(read_varied(one));
      if (!varied.empty() && varied.back().key == "seed")
        fail("compare: {}: the seeds are 1, 2, … of --seeds N, the same for all", one);
    }
    if (recipes.empty()) fail("compare: which recipe? goodfit compare RECIPE.toml {}", recipe_);
    if (random_ == 0) return grid_of(recipes, varied);
    return random_of(recipes, varied, random_, 0);
  }

  void tell_trial(const Variant& variant, const Trial& trial, Size number, Size of) const {
    if (json_) {
      Setting event{Setting::Table{{"event", "run"}, {"variant", variant.name}}};
      event["seed"] = trial.seed;
      event["epochs"] = trial.epochs;
      event["score"] = trial.score;
      event["seconds"] = trial.seconds;
      if (trial.failed) event["failed"] = trial.failed->what();
      fmt::print("{}\n", to_json(event));
    } else if (!quiet_) {
      const std::string said = trial.failed
                                   ? fmt::format("failed: {}", trial.failed->what())
                                   : fmt::format("{:.4g} after {} epochs, {}", trial.score,
                                                 trial.epochs, duration_text(trial.seconds));
      fmt::print("run {}/{}  {}  seed {}: {}\n", number, of, variant.name, trial.seed, said);
    }
    std::fflush(stdout);
  }

  // One run of each of the best, to look at.
  static void report(const Comparison& result, const fs::path& file) {
    std::vector<Run> runs;
    for (const Standing& standing : result.standings)
      if (standing.failed == 0 && runs.size() < most_drawn)
        runs.push_back(load_run(standing.folder / "seed-1"));
    if (!runs.empty()) write_report(runs, file);
  }

  void tell(const Comparison& result, const fs::path& folder, double seconds) const {
    const Terminal terminal = terminal_of(stdout);
    std::vector<TableRow> rows{
        {"", "validation " + result.by, "p", "test " + result.by, "epochs", "a run"}};
    std::vector<PlottedCurve> curves;
    std::string near;
    for (std::size_t i = 0; i < result.standings.size(); ++i) {
      const Standing& is = result.standings[i];
      std::string p = i == 0 ? "best" : is.p ? p_text(*is.p) : "";
      if (is.round + 1 < result.rounds) p = "left behind";
      if (is.failed > 0) p = fmt::format("{} failed", is.failed);
      rows.push_back({fmt::format("{:>2}  {}", i + 1, is.variant.name), mean_text(is.score), p,
                      mean_text(is.test), fmt::format("{:.4g}", is.epochs),
                      duration_text(is.seconds)});
      if (is.p && *is.p >= chance) near += (near.empty() ? "" : "; ") + is.variant.name;
      if (is.failed == 0 && curves.size() < most_drawn) curves.push_back(curve_of(is, i));
    }
    fmt::print("\n{}\n", table_text(rows));
    fmt::print("validation {}, mean of the seeds, by epoch\n{}\n", result.by,
               plot_text(curves, {}, terminal));
    fmt::print("{}\n", terminal.painted(Ink::bold, verdict(result, near)));
    fmt::print("{}   table: {}   curves: {}\nnext: goodfit train {}\n", duration_text(seconds),
               (folder / "compare.csv").string(), (folder / "report.html").string(),
               (result.standings.front().folder / "seed-1" / "recipe.toml").string());
  }

  // What may be said of the best, in a line.
  static std::string verdict(const Comparison& result, const std::string& near) {
    const std::string& best = result.standings.front().variant.name;
    if (result.seeds < 2)
      return fmt::format("best: {}; one seed cannot tell it from chance, --seeds 5 can", best);
    if (!near.empty())
      return fmt::format("best: {}; not told apart from it (p ≥ {}): {}", best, chance, near);
    const std::size_t others = result.standings.size() - 1;
    const auto tested = std::size_t(std::ranges::count_if(
        result.standings, [](const Standing& standing) { return standing.p.has_value(); }));
    if (tested == 0) return fmt::format("best: {}; none of the others got to the end", best);
    return fmt::format("best: {}; better than {} by more than chance (p < {})", best,
                       tested == others ? "the others" : "the others that got to the end", chance);
  }

  void tell_json(const Comparison& result, const fs::path& folder) const {
    Setting::List standings;
    for (const Standing& is : result.standings) {
      Setting::List scores;
      for (const Trial& trial : is.trials) scores.emplace_back(trial.score);
      Setting one{Setting::Table{{"variant", is.variant.name}, {"folder", is.folder.string()}}};
      one["validation"] = mean_setting(is.score);
      one["test"] = mean_setting(is.test);
      one["p"] = is.p ? Setting(*is.p) : Setting();
      one["epochs"] = is.epochs;
      one["seconds"] = is.seconds;
      one["failed"] = is.failed;
      one["scores"] = scores;
      standings.push_back(one);
    }
    Setting event{Setting::Table{{"event", "done"}, {"by", result.by}}};
    event["higher_is_better"] = result.higher_is_better;
    event["seeds"] = result.seeds;
    event["folder"] = folder.string();
    event["standings"] = standings;
    fmt::print("{}\n", to_json(event));
  }

  std::string recipe_, by_, out_;
  std::vector<std::string> others_;
  Size seeds_ = 5, random_ = 0, threads_ = 0, at_once_ = 0;
  bool halving_ = false, json_ = false, quiet_ = false;
};

}  // namespace

std::unique_ptr<Verb> compare_verb() { return std::make_unique<Compare>(); }

}  // namespace goodfit
