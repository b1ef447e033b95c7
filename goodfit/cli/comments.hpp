// Comments: what stands on top of the headers of parts and rules: formula, letters, when to use,
// source. The build puts it into the command, so that `goodfit show` and the reference say what the
// header says and nothing is written twice.
#pragma once
#include <string>
#include <string_view>

namespace goodfit {

struct Comment {
  std::string_view path;  // "goodfit/parts/layers/dense.hpp"
  std::string_view text;  // its first lines, with their slashes
};

// The comment of a header without its slashes; empty when there is none.
std::string comment_of(std::string_view path);
// What follows "Source:" in a comment, on one line; empty when there is none.
std::string source_in(const std::string& comment);

}  // namespace goodfit
