// Weight: what layers with weights share: how settings become the values they compute with.
#pragma once
#include "goodfit/compute/ops/add_row.hpp"
#include "goodfit/parts/initializers/automatic.hpp"
#include "goodfit/parts/layers/layer.hpp"
#include "goodfit/parts/parametrizations/parametrization.hpp"

namespace goodfit {

// Of fields that all of them have.
inline constexpr std::string_view bias_text =
    "adds b; dropped by itself before a layer that takes it out again";
inline constexpr std::string_view parametrizations_text = "what makes W of the numbers trained";

// The parameter `name` behind its parametrizations.
inline Value weight_of(Net& net, const std::string& name, const Shape& shape,
                       const Initializer& init, const Fan& fan,
                       const std::vector<Parametrization>& parametrizations,
                       std::optional<Units> units = {}) {
  std::string suffix;
  for (std::size_t i = 0; i < parametrizations.size(); ++i) {
    const std::string_view own = parametrizations[i].suffix();
    if (!own.empty() && i > 0)
      fail("parametrizations[{}]: {} must be the first, as it divides the weight itself", i,
           parametrizations[i].key());
    if (i == 0) suffix = own;
  }
  Value w = net.weight(name + suffix, shape, init, fan);
  for (const Parametrization& one : parametrizations)
    w = one.build(net, {w, name, units.value_or(Units::rows_of(shape))});
  return w;
}

// y + b, unless it is not wanted or the next layer would take it out. b sees as many inputs as its
// unit: some initializers want to know.
inline Value with_bias(Net& net, Value y, bool wanted, const Initializer& init, const Fan& fan) {
  if (!wanted || !net.bias_counts()) return y;
  return add_row(y, net.bias("bias", {y.shape().back()}, init, fan));
}

}  // namespace goodfit
