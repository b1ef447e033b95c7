#include "goodfit/study/features/features.hpp"

namespace goodfit {

Tiles features_of(const Run& run, const std::string& name) {
  std::vector<std::string> drawable;
  for (const Stored& stored : run.weights().tensors()) {
    std::optional<Tiles> tiles =
        tiles_of(stored, run.weights().at(stored.name), run.signature().sample);
    if (!tiles) continue;
    if (name.empty() || stored.name == name || stored.name.starts_with(name + ".")) return *tiles;
    drawable.push_back(stored.name);
  }
  if (!drawable.empty()) fail_unknown("", "weight that can be drawn", name, drawable);
  fail(
      "no weight of this model can be drawn: it takes a dense layer on samples that are pictures, "
      "here {}, or a conv2d on one channel or three",
      run.signature().sample.text());
}

}  // namespace goodfit
