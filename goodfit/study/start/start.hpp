// Start: from a table, or arrays of numbers, to a recipe that trains well as it is, with what was
// found out and why.
#pragma once
#include <filesystem>

#include "goodfit/study/start/kinds.hpp"
#include "goodfit/study/start/suspicion.hpp"
#include "goodfit/train/recipe/recipe.hpp"

namespace goodfit {

struct StartOptions {
  std::string target = "";    // empty: the last column
  std::string task = "auto";  // or "regression", "classes"
  // Columns that decide the split, as in Split; they may be no features.
  std::string time = "", group = "";
  // What columns are, whatever they look like: their kind, or "category".
  std::vector<std::pair<std::string, std::string>> kinds = {};
};

struct Start {
  Recipe recipe = {};
  Size rows = 0;
  std::string called = "rows";  // what a sample is to the user
  TableFormat format = {};
  std::string form = {};  // of the file, in words
  std::string target = {};
  TargetNote task = {};
  std::vector<ColumnNote> columns = {};
  std::string network = {};               // what was chosen, and by what
  std::vector<std::string> remarks = {};  // what a user should look at: leaks, repeated rows, …
};

// Throws Error when the file cannot be used; the message names the place in it.
Start start_of(const std::string& path, const StartOptions& options);

// Whether a path is one of a table, by its name; or what start_of is for: any data, a folder, or a
// file that is no recipe, which it will say.
bool is_table_name(const std::string& path);
bool is_data_name(const std::string& path);
// "data/houses.csv.gz" → "houses"
std::string bare_name(const std::filesystem::path& path);

// The recipe as a file to go on from, with a comment on what was found.
std::string start_toml(const Start& start);

}  // namespace goodfit
