// Regularizer: a penalty on the weights, added to the loss that is trained on.
//
// It acts on weights alone, not on biases and the parameters of normalizations, and is not part of
// the loss that is reported, so that runs with and without it can be compared.
#pragma once
#include <concepts>

#include "goodfit/base/part.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

template <class R>
concept RegularizerPart = Component<R> && requires(const R& regularizer, Value weight) {
  { regularizer.build(weight) } -> std::same_as<Value>;
};

struct RegularizerInterface : PartInterface {
  virtual Value build(Value weight) const = 0;
};

class Regularizer : public Handle<RegularizerInterface> {
 public:
  static constexpr std::string_view kind = "regularizer";

  template <RegularizerPart R>
  Regularizer(const R& regularizer) : Handle(std::make_shared<Model<R>>(regularizer)) {}

  static Regularizer read(const Setting& from);

  // The penalty of one weight tensor, a scalar of shape [1].
  Value build(Value weight) const { return self_->build(weight); }

 private:
  template <class R>
  struct Model final : Holds<RegularizerInterface, R> {
    using Holds<RegularizerInterface, R>::Holds;
    Value build(Value weight) const override { return this->part.build(weight); }
  };
};

}  // namespace goodfit
