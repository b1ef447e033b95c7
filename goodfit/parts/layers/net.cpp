#include "goodfit/parts/layers/net.hpp"

#include "goodfit/parts/layers/layer.hpp"

namespace goodfit {

Net::Net(Graph& graph, Store& store, Mode mode, std::uint64_t seed)
    : graph_(graph), store_(store), mode_(mode), seed_(seed) {}

std::uint32_t Net::stream() const { return stream_of(scope_); }

Value Net::parameter(const std::string& name, const Shape& shape, const Initializer& init,
                     Fan fan) {
  const std::string full = scope_ + "." + name;
  if (store_.add(full, shape, true)) {
    Random random(seed_, stream_of(full));
    init.fill(store_.at(full), fan, random);
  }
  parameters_.push_back(graph_.parameter(shape, full));
  return parameters_.back();
}

Value Net::weight(const std::string& name, const Shape& shape, const Initializer& init, Fan fan) {
  fan.gain = gain_;
  weights_.push_back(parameter(name, shape, init, fan));
  return weights_.back();
}

Value Net::bias(const std::string& name, const Shape& shape, const Initializer& init, Fan fan) {
  return parameter(name, shape, init, fan);
}

Value Net::buffer(const std::string& name, const Shape& shape, double value) {
  const std::string full = scope_ + "." + name;
  if (store_.add(full, shape, false))
    for (float& x : store_.at(full)) x = float(value);
  return graph_.buffer(shape, full);
}

void Net::fit(Value x, const std::string& mean, const std::string& deviation, bool per_feature) {
  if (graph_.node(x.id).source != Source::input)
    fail("it is fitted on the data, so it must be the first layer");
  fits_.push_back({scope_ + "." + mean, scope_ + "." + deviation, per_feature});
}

Value Net::sequence(const std::string& name, const std::vector<Layer>& layers, Value x) {
  const std::string outer = scope_;
  const Gain outer_gain = gain_;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    scope_ = fmt::format("{}{}{}.{}", outer, outer.empty() ? "" : ".", name, i);
    gain_ = outer_gain;  // so does the last layer leave it
    for (std::size_t j = i + 1; j < layers.size(); ++j)
      if (layers[j].signal() != Signal::passes) {
        gain_ = layers[j].gain();
        break;
      }
    const std::string here = scope_;
    const Value in = x;
    try {
      x = layers[i].build(*this, x);
    } catch (const Error& error) {
      if (scope_ != here) throw;  // a layer inside has named itself
      throw Error(fmt::format("{} ({}): {}", here, layers[i].key(), error.what()), error.exit_code);
    }
    if (watch) watch(here, layers[i], in, x);
  }
  scope_ = outer;
  return x;
}

}  // namespace goodfit
