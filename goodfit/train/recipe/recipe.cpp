#include "goodfit/train/recipe/recipe.hpp"

#include "goodfit/base/files.hpp"
#include "goodfit/base/toml.hpp"
#include "goodfit/parts/schedules/constant.hpp"

namespace goodfit {

Split Split::read(const Setting& from) { return read_fields<Split>(from); }
Setting Split::write(Which which) const { return write_fields(*this, which); }
Stop Stop::read(const Setting& from) { return read_fields<Stop>(from); }
Setting Stop::write(Which which) const { return write_fields(*this, which); }
Recipe Recipe::read(const Setting& from) { return read_fields<Recipe>(from); }
Setting Recipe::write(Which which) const { return write_fields(*this, which); }

Recipe read_recipe(const std::filesystem::path& file, const std::vector<std::string>& overrides) {
  Setting root = read_toml(read_file(file), file.string());
  // So that settings of parts can be assigned that the file leaves at their default.
  const Recipe standard;
  const Setting::Table parts{{"loss", standard.loss.write(Which::changed)},
                             {"optimizer", standard.optimizer.write(Which::changed)},
                             {"lr", standard.lr.write(Which::changed)}};
  for (const Entry& part : parts)
    if (!root.find(part.key)) root[part.key] = part.value;
  for (const std::string& assignment : overrides) override(root, assignment);
  return Recipe::read(root);
}

std::string recipe_toml(const Recipe& recipe, Which which) {
  Setting root = recipe.write(which);
  if (const auto* constant = recipe.lr.as<ConstantSchedule>(); constant && root.find("lr"))
    root["lr"] = constant->value;
  return write_toml(root);
}

}  // namespace goodfit
