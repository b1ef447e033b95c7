#include "goodfit/study/compare/compare.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <set>

#include "goodfit/base/threads.hpp"
#include "goodfit/parts/metrics/names.hpp"
#include "goodfit/train/record/record.hpp"
#include "goodfit/train/trainer/network.hpp"
#include "goodfit/train/trainer/train.hpp"

namespace goodfit {
namespace {

namespace fs = std::filesystem;

constexpr Size keeps_one_in = 3;

// Stops a run after some epochs, as an interruption would.
class Until : public Callback {
 public:
  explicit Until(Size epochs) : epochs_(epochs) {}
  void on_epoch(const EpochReport& report) override { reached_ = report.epoch >= epochs_; }
  bool wants_stop() override { return reached_; }

 private:
  Size epochs_;
  bool reached_ = false;
};

std::string text_at(const Setting& event, std::string_view key) {
  const Setting* found = event.find(key);
  return found && found->text() ? *found->text() : "";
}

double score_in(const Scores& scores, const std::string& by) {
  for (const auto& [name, value] : scores)
    if (name == by) return value;
  return NAN;
}

// Whether more of it is better, for a recipe that knows it.
bool is_higher_better(const Recipe& recipe, const std::string& by) {
  const std::vector<Metric> metrics = metrics_of(recipe, 1);
  check_score("--by", by, metrics);
  return is_higher_better(metrics, by).value_or(false);
}

// The first setting that two recipes do not share, but for an lr that a run has found.
std::string difference(const Setting& wanted, const Setting& found) {
  const Setting* lr = wanted.find("lr");
  const bool searched = lr && text_at(*lr, "type") == "auto";
  for (const auto& [key, value] : *wanted.table())
    if (const Setting* other = found.find(key); !(searched && key == "lr"))
      if (!other || !(*other == value)) return key;
  return "";
}

class Comparing {
 public:
  Comparing(const std::vector<Variant>& variants, const CompareOptions& options)
      : options_(options), threads_(Threads(options.threads).count()) {
    for (const Variant& variant : variants) {
      recipes_.push_back(read_recipe(variant.recipe, variant.overrides));
      result_.standings.push_back({variant, options.folder / folder_name(variant.name)});
    }
    result_.seeds = options.seeds;
    result_.by = options.by.empty() ? recipes_.front().stop.monitor : options.by;
    result_.higher_is_better = is_higher_better(recipes_.front(), result_.by);
    check_comparable();
    check_folders();
    rounds_ = {Size(variants.size())};
    if (options.halving) find_rounds();
    result_.rounds = Size(rounds_.size());
  }

  Comparison run() {
    std::vector<std::size_t> going;
    for (std::size_t v = 0; v < recipes_.size(); ++v) going.push_back(v);
    for (const Size count : rounds_) of_ += count * options_.seeds;
    // Of the standings as they are before they are ranked.
    std::vector<Standing> all = result_.standings;
    for (Size round = 0; round < Size(rounds_.size()) && !going.empty(); ++round) {
      run_round(going, round, all);
      result_.interrupted = interrupted();
      if (result_.interrupted) return result_;
      result_.standings = all;
      rank(result_);
      going.clear();
      if (round + 1 == Size(rounds_.size())) break;
      for (const Standing& standing : result_.standings)
        if (standing.failed == 0 && standing.round == round &&
            Size(going.size()) < rounds_[std::size_t(round + 1)])
          going.push_back(standing.trials.front().variant);
    }
    return result_;
  }

 private:
  void check_comparable() {
    std::set<fs::path> folders;
    const Recipe& first = recipes_.front();
    for (std::size_t v = 0; v < recipes_.size(); ++v) {
      const std::string& name = result_.standings[v].variant.name;
      const Recipe& recipe = recipes_[v];
      if (!folders.insert(result_.standings[v].folder).second)
        fail("compare: {} is there twice", name);
      if (recipe.split.validation == 0)
        fail("{}: split.validation = 0 leaves no samples to compare by",
             result_.standings[v].variant.recipe.string());
      if (!(recipe.split.write() == first.split.write()))
        fail("compare: {}: the split must be the same for all, as they are judged by its samples",
             name);
      if (recipe.stop.monitor != first.stop.monitor && options_.by.empty())
        fail("compare: the recipes stop by {} and by {}: say by which to compare, --by accuracy",
             first.stop.monitor, recipe.stop.monitor);
      if (!(recipe.loss.write() == first.loss.write()) && result_.by == "loss")
        fail("compare: the losses differ, so they cannot be compared by loss: say --by METRIC");
      is_higher_better(recipe, result_.by);
    }
    Threads pool(int(std::min<Size>(threads_, Size(recipes_.size()))));
    const auto plan = [](void* context, Size v, int) {
      const auto& self = *static_cast<Comparing*>(context);
      try {
        plan_recipe(self.recipes_[std::size_t(v)]);
      } catch (const Error& error) {
        throw Error(fmt::format("{}: {}", self.result_.standings[std::size_t(v)].variant.name,
                                error.what()),
                    error.exit_code);
      }
    };
    pool.run(Size(recipes_.size()), plan, this);
  }

  // What lies there already must be runs of these recipes.
  void check_folders() const {
    for (std::size_t v = 0; v < recipes_.size(); ++v)
      for (Size seed = 1; seed <= options_.seeds; ++seed) {
        const fs::path file = folder_of(v, seed) / "recipe.toml";
        if (!fs::exists(file)) continue;
        const Setting wanted = recipe_of(v, seed).write(), found = read_recipe(file).write();
        if (const std::string key = difference(wanted, found); !key.empty())
          fail("{}: is of another recipe, with {} = {}: choose another folder by --out",
               file.string(), key, found.find(key) ? found.find(key)->shown() : "nothing");
      }
  }

  void find_rounds() {
    Size epochs = recipes_.front().epochs;
    for (const Recipe& recipe : recipes_) epochs = std::min(epochs, recipe.epochs);
    rounds_ = rounds_of(rounds_.front(), epochs);
    if (rounds_.size() < 2)
      fail("--halving needs at least 4 variants and 3 epochs; there are {} and {}", rounds_.front(),
           epochs);
  }

  Recipe recipe_of(std::size_t variant, Size seed) const {
    Recipe recipe = recipes_[variant];
    recipe.seed = std::uint64_t(seed);
    return recipe;
  }
  fs::path folder_of(std::size_t variant, Size seed) const {
    return result_.standings[variant].folder / fmt::format("seed-{}", seed);
  }
  bool interrupted() const { return options_.interrupted && options_.interrupted->load(); }

  Size epochs_of(std::size_t variant, Size round) const {
    double epochs = double(recipes_[variant].epochs);
    for (Size i = round + 1; i < Size(rounds_.size()); ++i) epochs /= keeps_one_in;
    return Size(std::ceil(epochs));
  }

  void run_round(const std::vector<std::size_t>& going, Size round, std::vector<Standing>& all) {
    std::vector<Trial> trials;
    for (Size seed = 1; seed <= options_.seeds; ++seed)
      for (const std::size_t v : going) trials.push_back({.variant = v, .seed = seed});
    const Size most = options_.at_once > 0 ? std::min<Size>(options_.at_once, threads_) : threads_;
    const Size at_once = std::max<Size>(1, std::min(most, Size(trials.size())));
    Round context{*this, trials, round, std::max(1, int(threads_ / at_once))};
    Threads pool{int(at_once)};
    pool.run(
        Size(trials.size()), [](void* of, Size i, int) { static_cast<Round*>(of)->run(i); },
        &context);
    for (const std::size_t v : going) {
      all[v].trials.clear();
      all[v].round = round;
    }
    for (const Trial& trial : trials) all[trial.variant].trials.push_back(trial);
  }

  struct Round {
    Comparing& all;
    std::vector<Trial>& trials;
    Size number;
    int threads;  // of each run

    void run(Size i) {
      Trial& trial = trials[std::size_t(i)];
      if (all.interrupted()) return;
      const bool done = all.try_it(trial, number, threads);
      const std::lock_guard lock(all.telling_);
      ++all.told_;
      if (done && all.options_.on_trial)
        all.options_.on_trial(all.result_.standings[trial.variant].variant, trial, all.told_,
                              all.of_);
    }
  };

  // False when it was interrupted.
  bool try_it(Trial& trial, Size round, int threads) const {
    const Size epochs = epochs_of(trial.variant, round);
    const bool whole = round + 1 == Size(rounds_.size());
    const fs::path folder = folder_of(trial.variant, trial.seed);
    try {
      if (read(trial, folder, epochs, whole)) return true;
      Until until(epochs);
      TrainOptions options{.folder = folder, .resume = true, .threads = threads};
      if (!whole) options.callbacks = {&until};
      options.interrupted = options_.interrupted;
      train(recipe_of(trial.variant, trial.seed), options);
      return read(trial, folder, epochs, whole);
    } catch (const Error& error) {
      trial.failed = error;
      return true;
    }
  }

  // What the record says of the first epochs; false while they are not done. The numbers of a run
  // that has just ended come from there, too, so that they are the same when it is read again.
  bool read(Trial& trial, const fs::path& folder, Size epochs, bool whole) const {
    Trial found{.variant = trial.variant, .seed = trial.seed};
    bool over = false;
    for (const Setting& event : read_events(folder)) {
      const std::string name = text_at(event, "event");
      over = name == "end" && text_at(event, "outcome") != name_of(Ending::interrupted);
      if (const Setting* test = event.find("test"); over && whole && test)
        if (const Scores scores = scores_from(*test); !scores.empty())
          found.test = score_in(scores, result_.by);
      if (name != "epoch") continue;
      const EpochReport report = epoch_from(event);
      if (report.epoch > epochs) continue;
      found.curve.push_back(score_in(report.validation, result_.by));
      if (report.best) found.score = found.curve.back();
      found.epochs = report.epoch;
      found.seconds = report.seconds;
    }
    if (!over && (whole || found.epochs < epochs)) return false;
    if (!std::isfinite(found.score)) fail_run("its {} is no number", result_.by);
    trial = found;
    return true;
  }

  const CompareOptions& options_;
  const int threads_;
  std::vector<Recipe> recipes_;
  std::vector<Size> rounds_;
  Comparison result_;
  std::mutex telling_;
  Size told_ = 0, of_ = 0;
};

}  // namespace

std::vector<Size> rounds_of(Size variants, Size epochs) {
  std::vector<Size> counts{variants};
  for (; counts.back() > keeps_one_in && epochs >= keeps_one_in; epochs /= keeps_one_in)
    counts.push_back((counts.back() + keeps_one_in - 1) / keeps_one_in);
  return counts;
}

Comparison compare(const std::vector<Variant>& variants, const CompareOptions& options) {
  if (variants.size() < 2)
    fail(
        "compare: there is only one variant: name another recipe, or several values of a setting: "
        "lr=1e-3,1e-2");
  const Comparison result = Comparing(variants, options).run();
  if (result.interrupted) return result;
  const Standing& best = result.standings.front();
  if (best.failed == Size(best.trials.size()))
    throw Error(fmt::format("compare: all runs failed, {} so: {}", best.variant.name,
                            best.trials.front().failed->what()),
                best.trials.front().failed->exit_code);
  return result;
}

}  // namespace goodfit
