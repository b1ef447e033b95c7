// Layer: a piece of a network. It composes ops of the graph and asks the Net for its parameters.
#pragma once
#include <concepts>

#include "goodfit/base/part.hpp"
#include "goodfit/parts/net/net.hpp"

namespace goodfit {

class Layer;

// A layer that is made of others says which, and is built as their sequence under "body".
template <class L>
concept ComposedPart = Component<L> && requires(const L& layer) {
  { layer.layers() } -> std::same_as<std::vector<Layer>>;
};
template <class L>
concept BuiltPart = Component<L> && requires(const L& layer, Net& net, Value x) {
  { layer.build(net, x) } -> std::same_as<Value>;
};
template <class L>
concept LayerPart = ComposedPart<L> || BuiltPart<L>;

struct LayerInterface : PartInterface {
  virtual Value build(Net& net, Value x) const = 0;
  virtual Signal signal() const = 0;
  virtual Gain gain() const = 0;
  virtual bool centers_channels() const = 0;
};

// An activation says so by one line: static Gain gain() { return relu_gain; }
template <class L>
concept ActivationPart = requires(const L& layer) {
  { layer.gain() } -> std::same_as<Gain>;
};
// A layer with bodies says which of them its input meets, for those before it.
template <class L>
concept OpeningPart = requires(const L& layer) {
  { layer.opening() } -> std::same_as<std::vector<Layer>>;
};

// All layers in order, under `name`: "layers.0", "layers.1", …; errors name the layer.
Value build_sequence(Net& net, const std::string& name, const std::vector<Layer>& layers, Value x);

// The first of the layers that does more to the signal than pass it on, or none.
const Layer* first_that_acts(const std::vector<Layer>& layers, std::size_t from = 0);

class Layer : public Handle<LayerInterface> {
 public:
  static constexpr std::string_view kind = "layer";

  template <LayerPart L>
  Layer(const L& layer);

  static Layer read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // x: [batch, …]. Throws Error when the layer does not fit the shape.
  Value build(Net& net, Value x) const { return self_->build(net, x); }
  Signal signal() const { return self_->signal(); }
  Gain gain() const { return self_->gain(); }  // 1 where it is no activation
  // Whether it takes the mean out of each channel, so that a bias before it has no effect:
  // static constexpr bool centers_channels = true.
  bool centers_channels() const { return self_->centers_channels(); }

 private:
  template <class L>
  struct Model;
};

template <class L>
struct Layer::Model final : Holds<LayerInterface, L> {
  using Holds<LayerInterface, L>::Holds;
  Value build(Net& net, Value x) const override {
    if constexpr (ComposedPart<L>) {
      const std::vector<Layer> layers = this->part.layers();
      if (layers.empty()) fail("has no layers: give it at least one");
      return build_sequence(net, "body", layers, x);
    } else {
      return this->part.build(net, x);
    }
  }
  Signal signal() const override {
    if constexpr (ActivationPart<L>)
      return Signal::activation;
    else if constexpr (requires { L::signal; })
      return L::signal;
    else
      return inside([](const Layer& first) { return first.signal(); }, Signal::passes);
  }
  Gain gain() const override {
    if constexpr (ActivationPart<L>)
      return this->part.gain();
    else
      return inside([](const Layer& first) { return first.gain(); }, linear_gain);
  }
  bool centers_channels() const override {
    if constexpr (ComposedPart<L>) {
      const std::vector<Layer> layers = this->part.layers();
      return !layers.empty() && layers.front().centers_channels();
    } else {
      return requires { requires L::centers_channels; };
    }
  }

 private:
  // What `ask` says of the first layer inside that acts.
  template <class Ask, class Answer>
  Answer inside(Ask ask, Answer otherwise) const {
    std::vector<Layer> layers;
    if constexpr (ComposedPart<L>) layers = this->part.layers();
    if constexpr (OpeningPart<L>) layers = this->part.opening();
    const Layer* first = first_that_acts(layers);
    return first ? ask(*first) : otherwise;
  }
};

template <LayerPart L>
Layer::Layer(const L& layer) : Handle(made<Model<L>>(layer)) {}

}  // namespace goodfit
