// Completion: scripts with which shells complete the command, and its manual page, from what the
// verbs declare.
#pragma once
#include <string>
#include <vector>

#include "goodfit/cli/arguments.hpp"

namespace goodfit {

// What stands behind a verb beside files: names of parts for show, of shells for completion.
struct Completed {
  Form form;
  std::vector<std::string> words;
};

std::string bash_completion(const std::vector<Completed>& verbs);
std::string zsh_completion(const std::vector<Completed>& verbs);
std::string fish_completion(const std::vector<Completed>& verbs);

// goodfit.1, in roff.
std::string manual_page(const std::vector<Form>& verbs);

}  // namespace goodfit
