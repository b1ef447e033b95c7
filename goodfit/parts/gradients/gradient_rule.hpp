// Gradient rule: what is done to all gradients of a step before the optimizer sees them.
//
// A rule composes ops of the graph, as layers do: the gradients are values of the graph, and what
// it gives back replaces them, one for one and each of the same shape. Rules act in the order of
// the recipe, on the gradient of the loss with its penalties, of the whole step when batches
// accumulate.
#pragma once
#include <concepts>

#include "goodfit/base/part.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

template <class R>
concept GradientRulePart = Component<R> && requires(const R& rule, const Values& gradients) {
  { rule.build(gradients) } -> std::same_as<Values>;
};

struct GradientRuleInterface : PartInterface {
  virtual Values build(const Values& gradients) const = 0;
};

class GradientRule : public Handle<GradientRuleInterface> {
 public:
  static constexpr std::string_view kind = "gradient rule";

  template <GradientRulePart R>
  GradientRule(const R& rule) : Handle(made<Model<R>>(rule)) {}

  static GradientRule read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // The gradients of all that is trained; at least one, none of them batched.
  Values build(const Values& gradients) const { return self_->build(gradients); }

 private:
  template <class R>
  struct Model final : Holds<GradientRuleInterface, R> {
    using Holds<GradientRuleInterface, R>::Holds;
    Values build(const Values& gradients) const override { return this->part.build(gradients); }
  };
};

}  // namespace goodfit
