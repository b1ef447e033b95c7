// Loss: how wrong outputs are, as one number for a batch; what training makes small.
#pragma once
#include <concepts>

#include "goodfit/base/part.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

// What outputs mean, for those who show them and for those who read the targets.
enum class Meaning {
  numbers,       // as they are
  normal,        // means, then as many log variances, of numbers
  logits,        // of classes: softmax makes probabilities of them
  scores,        // of classes: the largest wins, and there are no probabilities
  binary,        // logits of yes or no, each for itself: sigmoid makes probabilities of them
  distribution,  // logits of classes whose shares are given
};
// Whether targets are labels: whole numbers from 0 that stand for classes.
inline bool has_classes(Meaning meaning) {
  return meaning == Meaning::logits || meaning == Meaning::scores || meaning == Meaning::binary;
}

template <class L>
concept LossPart = Component<L> && requires(const L& loss, Value x) {
  { loss.build(x, x) } -> std::same_as<Value>;
  { L::meaning } -> std::convertible_to<Meaning>;
};

struct LossInterface : PartInterface {
  virtual Value build(Value outputs, Value target) const = 0;
  virtual Meaning meaning() const = 0;
  virtual bool takes_shares() const = 0;
};

class Loss : public Handle<LossInterface> {
 public:
  static constexpr std::string_view kind = "loss";

  template <LossPart L>
  Loss(const L& loss) : Handle(made<Model<L>>(loss)) {}

  static Loss read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // outputs: [batch, width]. target: [batch, 1], the index of a class, where outputs are logits or
  // scores; [batch, width / 2] where they are normal; otherwise the shape of the outputs.
  // The mean over the batch, a scalar of shape [1].
  Value build(Value outputs, Value target) const { return self_->build(outputs, target); }
  Meaning meaning() const { return self_->meaning(); }
  // Whether shares of the classes may stand in the place of an index: static constexpr bool.
  bool takes_shares() const { return self_->takes_shares(); }

 private:
  template <class L>
  struct Model final : Holds<LossInterface, L> {
    using Holds<LossInterface, L>::Holds;
    Value build(Value outputs, Value target) const override {
      return this->part.build(outputs, target);
    }
    Meaning meaning() const override { return L::meaning; }
    bool takes_shares() const override {
      return requires { requires L::takes_shares; };
    }
  };
};

}  // namespace goodfit
