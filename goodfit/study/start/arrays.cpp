#include "goodfit/study/start/arrays.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/libsvm.hpp"
#include "goodfit/parts/datasets/npy.hpp"
#include "goodfit/study/start/network.hpp"
#include "goodfit/study/start/suspicion.hpp"

namespace goodfit {
namespace {

bool is_npz_name(const std::string& path) { return lower_case(path).ends_with(".npz"); }

Dataset dataset_of(const std::string& path, const StartOptions& options) {
  if (!options.time.empty() || !options.group.empty() || !options.kinds.empty())
    fail("{}: has no columns that split.time, split.group or data.columns could name", path);
  if (is_npz_name(path))
    return Npy{.path = path, .target = options.target.empty() ? Npy{}.target : options.target};
  if (!options.target.empty())
    fail("--target {}: the target stands first in each row of {}; leave it out", options.target,
         path);
  return Libsvm{.path = path};
}

// Targets as if they were a column of a table.
ColumnSurvey survey_of(const std::vector<float>& targets, const std::string& name) {
  constexpr std::size_t most_values = 50000;  // that are counted; more are no classes
  ColumnSurvey survey{.name = name};
  const auto [low, high] = std::minmax_element(targets.begin(), targets.end());
  survey.low = double(*low), survey.high = double(*high);
  survey.rows = survey.numbers = Size(targets.size());
  for (const float target : targets) {
    survey.whole += target == std::floor(target);
    const std::string value = number_text(double(target));
    if (survey.values.size() < most_values || survey.values.count(value))
      ++survey.values[value];
    else
      ++survey.uncounted;
  }
  return survey;
}

TargetNote task_of(const Data& data, const std::string& name, const StartOptions& options,
                   const std::string& path) {
  const Samples& samples = data.train;
  if (samples.target_width == 1)
    return target_note(survey_of(samples.targets, name), options.task, path);
  if (options.task == "classes")
    fail("{}: {} has {} numbers for each sample, which are no classes", path, name,
         samples.target_width);
  return {.task = "regression",
          .shown = fmt::format("{} outputs", samples.target_width),
          .why = "there are several numbers for each sample"};
}

// Columns in which a number is missing somewhere.
std::vector<Size> gaps_of(const Samples& samples) {
  const Size width = samples.shape.count();
  std::vector<bool> missing(static_cast<std::size_t>(width));
  for (std::size_t i = 0; i < samples.features.size(); ++i)
    if (std::isnan(samples.features[i])) missing[i % missing.size()] = true;
  std::vector<Size> gaps;
  for (Size column = 0; column < width; ++column)
    if (missing[std::size_t(column)]) gaps.push_back(column);
  return gaps;
}

}  // namespace

bool is_array_name(const std::string& path) {
  std::string name = lower_case(path);
  if (is_npz_name(name)) return true;
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".libsvm") || name.ends_with(".svm");
}

Start start_of_arrays(const std::string& path, const StartOptions& options) {
  const Dataset dataset = dataset_of(path, options);
  Wanted wanted{.target = Wanted::Target::numbers, .classes = {}, .missing = true};
  Data data = dataset.load(wanted);
  Start start;
  start.rows = data.train.count();
  start.called = "samples";
  start.form = "of shape " + data.train.shape.text();
  start.target = is_npz_name(path) ? dataset.as<Npy>()->target : "label";
  start.task = task_of(data, start.target, options, path);

  TableTask task{.outputs = data.train.target_width, .sample = data.train.shape};
  if (task.sample.rank() == 1) {
    task.sizes.resize(std::size_t(data.train.shape.count()));
    task.missing = gaps_of(data.train);
  }
  if (start.task.classes) {
    wanted.target = Wanted::Target::classes;
    data = dataset.load(wanted);
    task.classes = Size(data.classes.size());
  }
  Recipe& recipe = start.recipe;
  recipe.data = dataset;
  recipe.split = {.validation = 0.1, .test = 0.2};
  recipe.seed = 1;
  const Portions portions = split_data(data, recipe.split, start.task.classes, recipe.seed);
  task.rows = portions.train.count();
  start.network = choose_network(task, recipe);
  if (const auto line = repeats(portions)) start.remarks.push_back(*line);
  return start;
}

}  // namespace goodfit
