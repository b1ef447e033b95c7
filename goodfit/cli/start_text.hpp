// Start text: what was found out about a table, for people and as JSON.
#pragma once
#include <string>

#include "goodfit/cli/terminal.hpp"
#include "goodfit/study/start/start.hpp"

namespace goodfit {

std::string start_text(const Start& start, const std::string& path, const Terminal& terminal);
std::string start_json(const Start& start, const std::string& path);  // one line

// What KEY=VALUE says of the columns of a table, and of how it is split, which decides what they
// are.
StartOptions start_options(const std::string& target, const std::string& task,
                           const std::vector<std::string>& overrides);
// The recipe with KEY=VALUE on top.
Recipe overridden(const Recipe& recipe, const std::vector<std::string>& overrides);

}  // namespace goodfit
