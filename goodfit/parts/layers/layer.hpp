// Layer: a piece of a network. It composes ops of the graph and asks the Net for its parameters.
#pragma once
#include <concepts>

#include "goodfit/base/part.hpp"
#include "goodfit/parts/layers/net.hpp"

namespace goodfit {

template <class L>
concept LayerPart = Component<L> && requires(const L& layer, Net& net, Value x) {
  { layer.build(net, x) } -> std::same_as<Value>;
};

struct LayerInterface : PartInterface {
  virtual Value build(Net& net, Value x) const = 0;
  virtual Signal signal() const = 0;
  virtual Gain gain() const = 0;
};

// An activation says so by one line: static Gain gain() { return relu_gain; }
template <class L>
concept ActivationPart = requires(const L& layer) {
  { layer.gain() } -> std::same_as<Gain>;
};

class Layer : public Handle<LayerInterface> {
 public:
  static constexpr std::string_view kind = "layer";

  template <LayerPart L>
  Layer(const L& layer) : Handle(std::make_shared<Model<L>>(layer)) {}

  static Layer read(const Setting& from);

  // x: [batch, …]. Throws Error when the layer does not fit the shape.
  Value build(Net& net, Value x) const { return self_->build(net, x); }
  Signal signal() const { return self_->signal(); }
  Gain gain() const { return self_->gain(); }  // 1 where it is no activation

 private:
  template <class L>
  struct Model final : Holds<LayerInterface, L> {
    using Holds<LayerInterface, L>::Holds;
    Value build(Net& net, Value x) const override { return this->part.build(net, x); }
    Signal signal() const override {
      if constexpr (ActivationPart<L>)
        return Signal::activation;
      else if constexpr (requires { L::signal; })
        return L::signal;
      else
        return Signal::passes;
    }
    Gain gain() const override {
      if constexpr (ActivationPart<L>)
        return this->part.gain();
      else
        return linear_gain;
    }
  };
};

}  // namespace goodfit
