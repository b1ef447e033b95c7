#include "goodfit/train/trainer/first_weights.hpp"

#include <algorithm>

#include "goodfit/base/error.hpp"
#include "goodfit/base/files.hpp"
#include "goodfit/train/record/safetensors.hpp"

namespace goodfit {

std::set<std::string> statistics_of_targets(const std::vector<Fit>& fits) {
  std::set<std::string> names;
  for (const Fit& fit : fits)
    if (fit.targets) names.insert({fit.mean, fit.deviation});
  return names;
}

FirstWeights take_first_weights(const std::string& file, const std::vector<Fit>& fits,
                                Store& store) {
  const TensorFile tensors = read_safetensors(read_file(file), file);
  const std::set<std::string> of_targets = statistics_of_targets(fits);
  FirstWeights first;
  for (const Stored& stored : store.tensors()) {
    if (of_targets.count(stored.name)) continue;
    const NamedTensor* found = tensors.find(stored.name);
    if (!found || found->shape != stored.shape) {
      first.fresh.push_back(stored.name);
      continue;
    }
    std::copy(found->data.begin(), found->data.end(), store.at(stored).begin());
    ++first.taken;
  }
  if (first.taken == 0)
    fail(
        "weights = \"{}\": none of its tensors fits the model by name and shape; goodfit import "
        "makes a file that does",
        file);
  return first;
}

}  // namespace goodfit
