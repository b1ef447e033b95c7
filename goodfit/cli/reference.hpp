// Reference: every part and every setting as text, from the cards and the fields.
#pragma once
#include <string>
#include <vector>

#include "goodfit/base/catalogue.hpp"

namespace goodfit {

struct Shelf {
  std::string name, sort;  // "layers", "layer"
  std::vector<PartText> parts;
};

// In the order of a recipe; the last one holds the sections of a recipe itself.
const std::vector<Shelf>& reference();

std::string overview_text();                                      // every part, one line each
std::string shelf_text(const Shelf& shelf);                       // the parts of one catalogue
std::string part_text(const Shelf& shelf, const PartText& part);  // all settings as a table
std::string part_json(const Shelf& shelf, const PartText& part);  // one line

}  // namespace goodfit
