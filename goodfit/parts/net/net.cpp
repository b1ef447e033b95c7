#include "goodfit/parts/net/net.hpp"

namespace goodfit {

Net::Net(Graph& graph, Store& store, Mode mode, std::uint64_t seed, FirstValues first)
    : graph_(graph), store_(store), mode_(mode), seed_(seed), first_(std::move(first)) {}

std::uint32_t Net::stream() const { return stream_of(place_.scope); }

Random Net::random(const std::string& name) const { return {seed_, stream_of(full(name))}; }

Value Net::parameter(const std::string& name, const Shape& shape, const Fill& fill) {
  if (store_.add(full(name), shape, true)) fill(store_.at(full(name)));
  parameters_.push_back(graph_.parameter(shape, full(name)));
  return parameters_.back();
}

Value Net::weight(const std::string& name, const Shape& shape, const Initializer& init, Fan fan) {
  const Initializer& chosen = init.as<Automatic>() ? first_.weights : init;
  fan.gain = place_.gain;
  weights_.push_back(filled(name, shape, chosen, fan));
  if (const auto how = chosen.calibration()) calibrated_.push_back({weights_.back(), *how});
  return weights_.back();
}

Value Net::bias(const std::string& name, const Shape& shape, const Initializer& init, Fan fan) {
  const Initializer& chosen = init.as<Automatic>() ? first_.biases : init;
  if (chosen.calibration())
    fail("{} is for weights and cannot fill \"{}\"; take zeros", chosen.key(), name);
  fan.bias = true;
  return filled(name, shape, chosen, fan);
}

Value Net::filled(const std::string& name, const Shape& shape, const Initializer& init,
                  const Fan& fan) {
  return parameter(name, shape, [&](Span to) {
    Random numbers = random(name);
    init.fill(to, fan, numbers);
  });
}

Value Net::bias(const std::string& name, const Shape& shape, const Fill& fill) {
  return parameter(name, shape, fill);
}

Value Net::buffer(const std::string& name, const Shape& shape, double value) {
  return buffer(name, shape, [&](Span to) { std::fill(to.begin(), to.end(), float(value)); });
}

Value Net::buffer(const std::string& name, const Shape& shape, const Fill& fill) {
  if (store_.add(full(name), shape, false)) fill(store_.at(full(name)));
  return graph_.buffer(shape, full(name));
}

ConstSpan Net::now(Value parameter) const {
  return std::as_const(store_).at(graph_.node(parameter.id).name);
}

bool Net::bias_counts() {
  if (place_.centered) dropped_biases_.push_back(place_.scope);
  return !place_.centered;
}

void Net::fit(Value x, const std::string& mean, const std::string& deviation, bool per_feature) {
  if (graph_.node(x.id).source != Source::input)
    fail("it is fitted on the data, so it must be the first layer");
  fits_.push_back({full(mean), full(deviation), per_feature});
}

void Net::fit_targets(const std::string& mean, const std::string& deviation) {
  fits_.push_back({full(mean), full(deviation), true, true});
}

}  // namespace goodfit
