// InMemory: samples that a C++ program made itself; nothing is read.
//
//   const Recipe recipe{.data = in_memory({2}, features, targets), …};
//
// features [count, shape...], targets [count, target_width]; a class is its index as a number.
#pragma once
#include <memory>
#include <utility>

#include "goodfit/parts/datasets/check_data.hpp"

namespace goodfit {

struct InMemory {
  std::shared_ptr<const Data> data;  // not a setting: a recipe file cannot hold it

  static constexpr Card card{"in_memory", "Samples handed over by a C++ program."};
  static constexpr auto fields() { return Fields{}; }

  // Throws Error when sizes do not agree, a number is not finite or a label is no class.
  Data load(const Wanted& wanted) const {
    if (!data)
      fail(
          "in_memory: has no samples: only a C++ program can hand them over, with in_memory(…); "
          "in a recipe file name a data set that is read, such as csv");
    Data copy = *data;
    check_data(copy, wanted, "in_memory");
    return copy;
  }
};

inline InMemory in_memory(Data data) { return {std::make_shared<const Data>(std::move(data))}; }
inline InMemory in_memory(Shape shape, std::vector<float> features, std::vector<float> targets,
                          Size target_width = 1) {
  Data data;
  data.train = {shape, target_width, std::move(features), std::move(targets)};
  return in_memory(std::move(data));
}

}  // namespace goodfit
