// Finding: what a rule says about a recipe: where, what, and what to do. Why stands, with the
// source, on top of the rule's header; `goodfit show RULE` prints it.
#pragma once
#include <string>
#include <vector>

namespace goodfit {

struct Finding {
  std::string place;      // "layers.3 (dropout)", "optimizer"
  std::string what;       // what is there and what it does
  std::string advice;     // what to do instead
  std::string rule = {};  // its key; set by whoever asks the rules

  // "layers.3 (dropout): what; advice [rule]"
  std::string text() const;
};
using Findings = std::vector<Finding>;

}  // namespace goodfit
