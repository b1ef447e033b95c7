#include "goodfit/parts/datasets/number_classes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "goodfit/base/text.hpp"
#include "goodfit/parts/datasets/check_data.hpp"

namespace goodfit {
namespace {

std::string class_name(float label) { return fmt::format("{:.0f}", label + 0.0f); }

std::vector<std::string> classes_in(const std::vector<float>& labels, const PlaceOf& place) {
  std::vector<float> found = labels;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (Size(found.size()) > most_labels)
    fail(
        "{}: there are {} different labels, more than {} are no classes; to predict a number "
        "choose a loss for numbers",
        place(0), found.size(), most_labels);
  std::vector<std::string> classes;
  for (const float label : found) classes.push_back(class_name(label));
  return classes;
}

}  // namespace

void number_classes(Samples& samples, std::vector<std::string>& classes, const PlaceOf& place) {
  constexpr float exact = 1 << 24;
  const std::vector<float>& labels = samples.targets;
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] != std::floor(labels[i]) || std::abs(labels[i]) > exact)
      fail(
          "{}: the label {} is no class; classes are whole numbers; to predict a number choose a "
          "loss for numbers",
          place(i), number_text(labels[i]));
  if (classes.empty()) classes = classes_in(labels, place);
  std::map<std::string, Size> numbers;
  for (const std::string& name : classes) numbers.emplace(name, Size(numbers.size()));
  for (std::size_t i = 0; i < samples.targets.size(); ++i) {
    const auto at = numbers.find(class_name(samples.targets[i]));
    if (at == numbers.end())
      fail("{}: the label {} is not a class of the training rows; they are {} to {}", place(i),
           class_name(samples.targets[i]), classes.front(), classes.back());
    samples.targets[i] = float(at->second);
  }
}

}  // namespace goodfit
