// Reference: every part and every setting as text, from the cards, the fields and the comments on
// top of the headers.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "goodfit/base/catalogue.hpp"

namespace goodfit {

struct Shelf {
  std::string name, sort;  // "layers", "layer"
  std::vector<PartText> parts;
  std::string folder = "goodfit/parts/" + name;  // of the headers; empty when parts share one
  bool has_settings = true;

  std::string header(const PartText& part) const {
    return folder.empty() ? "" : folder + "/" + part.key + ".hpp";
  }
};

// In the order of a recipe; the last one holds the sections of a recipe itself.
const std::vector<Shelf>& reference();

std::string overview_text();                                      // every part, one line each
std::string shelf_text(const Shelf& shelf);                       // the parts of one catalogue
std::string part_text(const Shelf& shelf, const PartText& part);  // the comment and all settings
std::string part_json(const Shelf& shelf, const PartText& part);  // one line

// Of a rule by which `goodfit check` reads a recipe.
std::string rule_header(const std::string& key);

// The pages of docs/reference in Markdown, by their file names: one for each shelf, and a list.
std::map<std::string, std::string> reference_pages();

}  // namespace goodfit
