#include "goodfit/study/shift/shift_watch.hpp"

#include <fmt/core.h>

#include "goodfit/base/files.hpp"
#include "goodfit/base/json.hpp"
#include "goodfit/study/shift/shift_text.hpp"

namespace goodfit {
namespace {

std::filesystem::path file_of(const std::filesystem::path& run) { return run / "data.json"; }

std::string advice(const std::string& by) {
  if (by == "time") return "later rows differ, and its scores tell what that costs";
  if (by == "group") return "other groups differ, and its scores tell what that costs";
  if (by == "own")
    return "its scores are those on other data; mix both and split anew if they should be alike";
  return "it was drawn at random, so this is chance; another seed draws others, and rows that "
         "belong together stay so by split.group";
}

}  // namespace

std::string SplitShift::text() const {
  std::string text = part + " differs from training: ";
  std::size_t named = 0, more = 0;
  for (const FeatureShift& one : shift.features) {
    if (!one.matters(level)) continue;
    if (++named > 3)
      ++more;
    else
      text += fmt::format("{}{} (distance {:.2f}, {})", named > 1 ? ", " : "", one.name,
                          one.effect(), one.change);
  }
  if (more > 0) text += fmt::format(" and {} more", more);
  if (named == 0) text += "no column by itself, but how they go together" + by_text(*shift.joint);
  return text + ": " + advice(by);
}

Setting to_setting(const SplitShift& split) {
  Setting said{Setting::Table{}};
  said["event"] = "shift", said["part"] = split.part, said["by"] = split.by;
  const Setting shift = to_setting(split.shift);
  for (const auto& [key, value] : *shift.table()) said[key] = value;
  said["shift"] = split.differs();
  if (split.differs()) said["text"] = split.text();
  return said;
}

void ShiftWatch::on_data(const DataReport& report) {
  const auto& [recipe, data, portions, folder] = report;
  const Split& split = recipe.split;
  const Inputs inputs(recipe, data.train.shape, data.features);
  if (inputs.features().empty()) return;
  const Seen train = seen_of(inputs, data, portions.train, split.group);
  const bool chance = split.time.empty() && split.group.empty();
  const bool test = chance && data.test && !data.validation, own = test || data.validation;
  const Portion& other = test ? portions.test : portions.validation;
  if (other.count() > 0) {
    found.emplace();
    found->part = test ? "test" : "validation";
    found->by = own ? "own" : chance ? "chance" : split.group.empty() ? "time" : "group";
    Inputs compared = inputs;
    compared.leave_out(split.time);
    const bool all = split.time.empty();
    const Seen before = all ? train : seen_of(compared, data, portions.train, split.group);
    found->shift =
        shift_of(before, seen_of(compared, data, other, split.group, &before.summary), compared);
  }
  if (!folder.empty()) {
    Setting kept{Setting::Table{}};
    kept["train"] = to_setting(train);
    if (found) kept["split"] = to_setting(*found);
    write_atomic(file_of(folder), to_json(kept) + "\n");
  }
  if (found && found->differs() && tell_) tell_(*found);
}

Setting read_watched(const std::filesystem::path& run) {
  const auto file = file_of(run);
  if (run.empty() || !std::filesystem::exists(file)) return {};
  return from_json(read_file(file), file.string());
}

std::optional<Shift> shift_since_training(const Run& run, const Data& data) {
  const Inputs inputs(run.recipe(), run.signature().sample, run.signature().features);
  const Setting kept = inputs.features().empty() ? Setting{} : read_watched(run.folder);
  const Setting* train = kept.find("train");
  if (!train || data.train.shape.count() != run.signature().sample.count()) return std::nullopt;
  const Seen old = seen_from(*train, inputs);
  const Seen next =
      seen_of(inputs, data, whole(data.train), run.recipe().split.group, &old.summary);
  return shift_of(old, next, inputs);
}

}  // namespace goodfit
