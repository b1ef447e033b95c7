#include "goodfit/parts/layers/layer.hpp"

#include <fmt/core.h>

namespace goodfit {

const Layer* first_that_acts(const std::vector<Layer>& layers, std::size_t from) {
  for (std::size_t i = from; i < layers.size(); ++i)
    if (layers[i].signal() != Signal::passes) return &layers[i];
  return nullptr;
}

Value build_sequence(Net& net, const std::string& name, const std::vector<Layer>& layers, Value x) {
  const Place outer = net.place();
  for (std::size_t i = 0; i < layers.size(); ++i) {
    // What follows a body follows its last layers.
    Place here = outer;
    here.scope = fmt::format("{}{}{}.{}", outer.scope, outer.scope.empty() ? "" : ".", name, i);
    if (const Layer* next = first_that_acts(layers, i + 1)) here.gain = next->gain();
    if (i + 1 < layers.size()) here.centered = layers[i + 1].centers_channels();
    net.place() = here;
    const Value in = x;
    try {
      x = layers[i].build(net, x);
    } catch (const Error& error) {
      if (net.scope() != here.scope) throw;  // a layer inside has named itself
      throw Error(fmt::format("{} ({}): {}", here.scope, layers[i].key(), error.what()),
                  error.exit_code);
    }
    if (net.watch) net.watch(here.scope, layers[i], in, x);
  }
  net.place() = outer;
  return x;
}

}  // namespace goodfit
