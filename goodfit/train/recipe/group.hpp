// Group: weights that are trained in another way than the rest: slower, with other decay, not at
// all.
//
//   [[groups]]
//   match    = "layers.0"          all of layers.0; "*.bias" all biases; "layers.2.weight" this one
//   lr_scale = 0.1
//
// A name matches as it is, as the beginning of a longer one up to a dot, or by a pattern in which *
// stands for any text and ? for any character. Of several groups that match, the first counts.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "goodfit/parts/regularizers/regularizer.hpp"

namespace goodfit {

struct Group {
  std::string match = "";
  double lr_scale = 1;
  std::optional<double> weight_decay = {};
  bool freeze = false;
  std::optional<std::vector<Regularizer>> regularizers = {};

  static constexpr bool is_section = true;
  static constexpr Card card{"group", "Weights that are trained in another way than the rest."};
  static constexpr auto fields() {
    return Fields{
        field("match", &Group::match, "their names, or how they begin: \"layers.0\", \"*.bias\""),
        field("lr_scale", &Group::lr_scale, at_least(0), "times the lr"),
        field("weight_decay", &Group::weight_decay, at_least(0),
              "instead of the optimizer's; nothing keeps that"),
        field("freeze", &Group::freeze, "they stay as they are, and no gradient is computed"),
        field("regularizers", &Group::regularizers, "instead of the recipe's; nothing keeps those"),
    };
  }
  std::string conflict() const {
    return match.empty() ? "match is empty: name weights, as \"layers.0\" or \"*.bias\"" : "";
  }
  static Group read(const Setting& from);
  Setting write(Which which = Which::all) const;
};

// Whether a pattern, as above, means the weight of this name.
bool matches(std::string_view pattern, std::string_view name);

// For each name the index of its group, or -1. Throws Error for a group that has no weights.
std::vector<int> groups_of(const std::vector<Group>& groups, const std::vector<std::string>& names);

}  // namespace goodfit
