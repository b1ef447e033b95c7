#include "goodfit/cli/reference.hpp"

#include <algorithm>

#include "goodfit/base/json.hpp"
#include "goodfit/cli/comments.hpp"
#include "goodfit/cli/table.hpp"
#include "goodfit/cli/terminal.hpp"
#include "goodfit/parts/parametrizations/parametrization.hpp"
#include "goodfit/study/lint/rules/catalogue.hpp"
#include "goodfit/study/report/panels/catalogue.hpp"
#include "goodfit/train/recipe/recipe.hpp"

namespace goodfit {
namespace {

const std::string rules_folder = "goodfit/study/lint/rules";
const std::string panels_folder = "goodfit/study/report/panels";

template <Component C>
PartText text_of() {
  return {std::string(C::card.key), std::string(C::card.about), field_texts<C>()};
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t shown = shown_width(text);
  return text + std::string(shown < width ? width - shown : 0, ' ');
}

std::size_t widest_key(const std::vector<PartText>& parts) {
  std::size_t width = 0;
  for (const PartText& part : parts) width = std::max(width, part.key.size());
  return width;
}

// Every line that is not empty, moved to the right.
std::string indented(const std::string& text) {
  std::string moved;
  bool fresh = true;
  for (const char c : text) {
    if (fresh && c != '\n') moved += "  ";
    moved += c;
    fresh = c == '\n';
  }
  return moved;
}

std::string lines_of(const Shelf& shelf, std::size_t width) {
  std::string lines;
  for (const PartText& part : shelf.parts)
    lines += "  " + padded(part.key, width) + "  " + part.about + "\n";
  return lines;
}

}  // namespace

const std::vector<Shelf>& reference() {
  static const std::vector<Shelf> shelves{
      {"datasets", "dataset", Dataset::texts()},
      {"transforms", "transform", Transform::texts()},
      {"layers", "layer", Layer::texts()},
      {"initializers", "initializer", Initializer::texts()},
      {"parametrizations", "parametrization", Parametrization::texts()},
      {"losses", "loss", Loss::texts()},
      {"regularizers", "regularizer", Regularizer::texts()},
      {"gradients", "gradient rule", GradientRule::texts()},
      {"optimizers", "optimizer", Optimizer::texts()},
      {"schedules", "schedule", Schedule::texts()},
      {"metrics", "metric", Metric::texts()},
      {"sections",
       "section",
       {text_of<Recipe>(), text_of<Group>(), text_of<Split>(), text_of<Stop>()},
       ""},
      {"rules", "rule", LintRules::texts(), rules_folder, false},
      {"panels", "panel", Panels::texts(), panels_folder, false},
  };
  return shelves;
}

std::string rule_header(const std::string& key) { return rules_folder + "/" + key + ".hpp"; }

std::string overview_text() {
  std::size_t width = 0;
  for (const Shelf& shelf : reference()) width = std::max(width, widest_key(shelf.parts));
  std::string text;
  for (const Shelf& shelf : reference())
    text += (text.empty() ? "" : "\n") + shelf.name + "\n" + lines_of(shelf, width);
  return text + "\ngoodfit show NAME says more of each.\n";
}

std::string shelf_text(const Shelf& shelf) {
  return shelf.name + "\n" + lines_of(shelf, widest_key(shelf.parts));
}

std::string part_text(const Shelf& shelf, const PartText& part) {
  std::string text = part.key + " (" + shelf.sort + "): " + part.about + "\n";
  if (const std::string comment = comment_of(shelf.header(part)); !comment.empty())
    text += "\n" + indented(comment) + (shelf.has_settings ? "\n" : "");
  if (!shelf.has_settings) return text;
  if (part.fields.empty()) return text + "  It has no settings.\n";
  std::vector<TableRow> rows{{"setting", "kind", "default", "allowed", "meaning"}};
  for (const FieldText& field : part.fields)
    rows.push_back({field.key, field.kind, field.standard, field.allowed, field.about});
  if (!text.ends_with("\n\n")) text += '\n';
  return text + indented(table_text(rows, Cells::texts));
}

std::string part_json(const Shelf& shelf, const PartText& part) {
  Setting::List settings;
  for (const FieldText& field : part.fields)
    settings.push_back(Setting::Table{{"key", field.key},
                                      {"kind", field.kind},
                                      {"default", field.standard},
                                      {"allowed", field.allowed},
                                      {"about", field.about}});
  const std::string comment = comment_of(shelf.header(part));
  return to_json(Setting::Table{{"part", part.key},
                                {"sort", shelf.sort},
                                {"about", part.about},
                                {"header", shelf.header(part)},
                                {"comment", comment},
                                {"source", source_in(comment)},
                                {"settings", settings}});
}

}  // namespace goodfit
