// Examples of ops: what the laws of this folder are tried on.
#pragma once
#include <functional>
#include <map>

#include "goodfit/compute/engine/gradient_check.hpp"

namespace goodfit {

// A graph of few shards, the last one smaller, and of samples with one or two axes.
struct Draftsman {
  Graph graph{7, 3};
  Values wanted;

  Value x(const Shape& sample) { return keep(graph.input(sample, "x")); }
  Value w(const Shape& shape, const std::string& name = "w") {
    return keep(graph.parameter(shape, name));
  }
  Value keep(Value leaf) {
    wanted.push_back(leaf);
    return leaf;
  }
};

struct Example {
  std::string file, about;
  std::function<Value(Draftsman&)> build;
  std::map<std::string, std::vector<double>> leaves = {};
};

inline std::vector<Example> together(const std::vector<std::vector<Example>>& lists) {
  std::vector<Example> all;
  for (const auto& list : lists) all.insert(all.end(), list.begin(), list.end());
  return all;
}

}  // namespace goodfit
