// Toml: recipes as text ⇄ Setting, and single settings from the command line.
//
//   read_toml("[optimizer]\ntype = \"adam\"", "recipe.toml")    nodes know path, line and column
//   write_toml(setting)                                         plain keys first, then [tables]
//   override(root, "model[2].p=0.1")                            the value is TOML, or a bare word
//
// read_toml(write_toml(x)) equals x, but for the order of plain keys and tables.
#pragma once
#include <string>
#include <string_view>

#include "goodfit/base/setting.hpp"

namespace goodfit {

// Tables in the order of the file. `name` is what errors call the text: "recipe.toml:3:7: …".
Setting read_toml(const std::string& text, const std::string& name);

// A list of tables becomes [[name]], everything inside its items stays on one line; an entry that
// is nothing is left out. `root` is a table.
std::string write_toml(const Setting& root);

// Sets one value: "lr=0.1", "model[2].p=0.1" or "model.2.p=0.1", "optimizer.type=adam". On the way
// a missing table is made, a part's short form ("relu", {dense = 512}) becomes a table with its
// type, and any other plain value gives way. On an error `root` is as before.
void override(Setting& root, std::string_view assignment);

}  // namespace goodfit
