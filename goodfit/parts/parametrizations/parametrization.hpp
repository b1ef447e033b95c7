// Parametrization: what stands between the numbers that are trained and the weight that a layer
// uses. Layers with weights take a list of them; each works on what the one before has made.
//
// One that divides the weight into tensors of its own says how the trained one is then called, and
// must stand first, as only there the first values are known:
//
//   static constexpr std::string_view suffix = "_v"       "layers.0.weight_v"
#pragma once
#include <concepts>

#include "goodfit/base/part.hpp"
#include "goodfit/compute/ops/units.hpp"
#include "goodfit/parts/net/net.hpp"

namespace goodfit {

// A weight on its way.
struct Raw {
  Value value;
  std::string name;  // in its layer, "weight"
  Units units;       // of the layer: who sees which numbers
};

template <class P>
concept ParametrizationPart = Component<P> && requires(const P& part, Net& net, const Raw& raw) {
  { part.build(net, raw) } -> std::same_as<Value>;
};

struct ParametrizationInterface : PartInterface {
  virtual Value build(Net& net, const Raw& raw) const = 0;
  virtual std::string_view suffix() const = 0;
};

class Parametrization : public Handle<ParametrizationInterface> {
 public:
  static constexpr std::string_view kind = "parametrization";

  template <ParametrizationPart P>
  Parametrization(const P& part) : Handle(made<Model<P>>(part)) {}

  static Parametrization read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // The weight that the layer uses, of the shape of raw.value.
  Value build(Net& net, const Raw& raw) const { return self_->build(net, raw); }
  std::string_view suffix() const { return self_->suffix(); }  // "" where it leaves the name

 private:
  template <class P>
  struct Model final : Holds<ParametrizationInterface, P> {
    using Holds<ParametrizationInterface, P>::Holds;
    Value build(Net& net, const Raw& raw) const override { return this->part.build(net, raw); }
    std::string_view suffix() const override {
      if constexpr (requires { P::suffix; })
        return P::suffix;
      else
        return "";
    }
  };
};

}  // namespace goodfit
