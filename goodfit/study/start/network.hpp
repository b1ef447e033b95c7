// Network: layers, batch, epochs and the like for a table, by how many rows there are to learn
// from.
#pragma once
#include "goodfit/train/recipe/recipe.hpp"

namespace goodfit {

struct TableTask {
  Size rows = 0;                   // that are trained on
  Size classes = 0;                // 0: numbers
  Size outputs = 1;                // of them
  std::vector<Size> sizes = {};    // of the columns, as in table_inputs
  std::vector<Size> missing = {};  // columns that have missing values
  Shape sample = {};               // of rank 2 or more where samples have no columns
};

// Fills the model and how it is trained; returns what was chosen and why, in a line.
std::string choose_network(const TableTask& task, Recipe& recipe);

}  // namespace goodfit
