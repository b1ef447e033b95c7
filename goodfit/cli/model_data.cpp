#include "goodfit/cli/model_data.hpp"

#include <fmt/core.h>

#include "goodfit/study/shift/shift_text.hpp"
#include "goodfit/study/shift/shift_watch.hpp"
#include "goodfit/train/trainer/splits.hpp"

namespace goodfit {

Data load_for(const Run& run, const std::string& path, Targets targets) {
  const Recipe& recipe = run.recipe();
  Setting settings = recipe.data ? recipe.data->write() : Setting{};
  if (!settings.find("path"))
    fail("{}: cannot be read: this run was trained on samples of a program, which are in no file",
         path);
  settings["path"] = path;
  Wanted wanted = wanted_by(recipe);
  if (targets == Targets::unknown) wanted.target = Wanted::Target::none;
  wanted.width = run.signature().sample.count();
  wanted.classes = run.signature().classes;
  Data data = Dataset::read(settings).load(wanted);
  for (const std::string& remark : data.remarks) fmt::print(stderr, "{}: {}\n", path, remark);
  return data;
}

void tell_shift(const Run& run, const Data& data, const std::string& path) {
  if (const auto shift = shift_since_training(run, data))
    for (const std::string& line : shift_lines(*shift)) fmt::print(stderr, "{}: {}\n", path, line);
}

}  // namespace goodfit
