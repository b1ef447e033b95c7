#include "goodfit/study/start/pictures.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "goodfit/parts/datasets/images.hpp"
#include "goodfit/parts/datasets/picture.hpp"
#include "goodfit/parts/layers/batch_norm.hpp"
#include "goodfit/parts/layers/conv2d.hpp"
#include "goodfit/parts/layers/dense.hpp"
#include "goodfit/parts/layers/dropout.hpp"
#include "goodfit/parts/layers/global_avg_pool.hpp"
#include "goodfit/parts/layers/max_pool.hpp"
#include "goodfit/parts/layers/relu.hpp"
#include "goodfit/parts/layers/standardize.hpp"
#include "goodfit/parts/losses/cross_entropy.hpp"
#include "goodfit/parts/metrics/accuracy.hpp"
#include "goodfit/parts/optimizers/adamw.hpp"
#include "goodfit/parts/schedules/one_cycle.hpp"
#include "goodfit/parts/transforms/crop.hpp"
#include "goodfit/parts/transforms/flip.hpp"
#include "goodfit/study/start/suspicion.hpp"

namespace goodfit {
namespace {

struct Sides {
  Size height, width;
  std::string text() const { return fmt::format("{} × {}", height, width); }
};

// What some of the pictures, from all over the folder, are like.
struct Found {
  Size channels = 1;
  Sides least, middle, most;
};

Found look_at(const std::vector<std::filesystem::path>& pictures) {
  constexpr std::size_t enough = 100;
  const std::size_t step = (pictures.size() + enough - 1) / enough;
  Found found;
  std::vector<Size> heights, widths;
  for (std::size_t i = 0; i < pictures.size(); i += step) {
    const Picture head = picture_head(pictures[i]);
    heights.push_back(head.height), widths.push_back(head.width);
    found.channels = std::max(found.channels, head.channels);
  }
  std::sort(heights.begin(), heights.end());
  std::sort(widths.begin(), widths.end());
  const std::size_t half = heights.size() / 2;
  found.least = {heights.front(), widths.front()};
  found.middle = {heights[half], widths[half]};
  found.most = {heights.back(), widths.back()};
  return found;
}

Sides size_for(const Sides& middle) {
  constexpr double longest = 64;
  const double by = std::min(1.0, longest / double(std::max(middle.height, middle.width)));
  const auto side = [by](Size of) { return std::max<Size>(1, std::lround(by * double(of))); };
  return {side(middle.height), side(middle.width)};
}

ColumnSurvey survey_of_classes(const Data& data) {
  ColumnSurvey survey{.name = "folder"};
  survey.rows = data.train.count();
  for (const float label : data.train.targets) ++survey.values[data.classes[std::size_t(label)]];
  return survey;
}

std::string choose_filters(const Sides& size, Size classes, Recipe& recipe) {
  constexpr Size most_filters = 128;
  Size filters = 32, blocks = 0;
  std::string widths;
  const auto convolve = [&] {
    recipe.model.push_back(Conv2d{.out = filters, .padding = "same", .bias = false});
    recipe.model.push_back(BatchNorm{});
    recipe.model.push_back(Relu{});
    widths += fmt::format("{}{}", widths.empty() ? "" : ", ", filters);
    filters = std::min(most_filters, 2 * filters);
  };
  recipe.model = {Standardize{.per = "all"}};
  for (Size side = std::min(size.height, size.width); side >= 8 && blocks < 4;
       side /= 2, ++blocks) {
    convolve();
    recipe.model.push_back(MaxPool{});
  }
  convolve();
  recipe.model.push_back(GlobalAvgPool{});
  recipe.model.push_back(Dropout{.p = 0.2});
  recipe.model.push_back(Dense{.out = classes});
  return fmt::format("convolutions of {} filters, each with batch_norm", widths);
}

std::string choose_training(const Sides& size, bool color, Size rows, Recipe& recipe) {
  const Size few = 1000, many = 20000;
  recipe.epochs = rows < few ? 60 : rows < 5 * few ? 40 : rows < many ? 20 : 12;
  recipe.batch = rows < 5 * few ? 32 : 64;
  recipe.loss = CrossEntropy{};
  recipe.metrics = {Accuracy{}};
  recipe.optimizer = AdamW{.weight_decay = 0.05};
  recipe.lr = OneCycle{.max = 3e-3};
  recipe.stop.patience = 2 * recipe.epochs / 5;
  const Size moved = std::max<Size>(1, std::min(size.height, size.width) / 10);
  recipe.transforms = {Crop{.padding = moved}};
  if (color) recipe.transforms.push_back(Flip{});
  return fmt::format("moved by up to {} pixels{}", moved, color ? " and mirrored" : "");
}

}  // namespace

Start start_of_pictures(const std::string& path, const StartOptions& options) {
  if (!options.time.empty() || !options.group.empty() || !options.kinds.empty())
    fail("{}: has no columns that split.time, split.group or data.columns could name", path);
  if (!options.target.empty() || options.task == "regression")
    fail("{}: the folders in it are the classes; leave --target and --task out", path);
  const auto pictures = class_pictures(path);
  if (pictures.empty() && std::filesystem::exists(path + "/record.jsonl"))
    fail("{}: is the folder of a run; --resume {} goes on with it", path, path);
  if (pictures.empty())
    fail(
        "{}: is a folder without pictures (.png, .jpg, .jpeg) in folders named after their "
        "classes; a recipe is a .toml file",
        path);
  const Found found = look_at(pictures);
  const Sides size = size_for(found.middle);
  const bool color = found.channels == 3;
  const Images images{
      .path = path, .channels = found.channels, .height = size.height, .width = size.width};
  const Data data = images.load({.target = Wanted::Target::classes, .classes = {}});
  Start start;
  start.rows = data.train.count();
  start.called = "pictures";
  start.form = fmt::format("{}, {}", color ? "in color" : "gray", found.least.text());
  if (found.least.text() != found.most.text()) start.form += " to " + found.most.text();
  start.target = "folder";
  const ColumnSurvey survey = survey_of_classes(data);
  start.task = target_note(survey, "classes", path);
  start.task.why = "there is a folder for each";
  Recipe& recipe = start.recipe;
  recipe.data = images;
  recipe.split = {.validation = 0.1, .test = 0.2};
  recipe.seed = 1;
  const Portions portions = split_data(data, recipe.split, true, recipe.seed);
  start.network = fmt::format("{}, for {} training pictures, brought to {} pixels, ",
                              choose_filters(size, Size(data.classes.size()), recipe),
                              portions.train.count(), size.text());
  start.network += choose_training(size, color, portions.train.count(), recipe);
  start.remarks = data.remarks;
  for (const std::string& line : rare_classes(survey)) start.remarks.push_back(line);
  if (const auto line = repeats(portions)) start.remarks.push_back(*line);
  return start;
}

}  // namespace goodfit
