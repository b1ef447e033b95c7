// Regularizer: what keeps weights small, few or in order, beside the loss.
//
// It has one of two forms:
//
//   Value build(Value weight) const                     a penalty, added to the loss that is
//                                                       trained on, as a scalar of shape [1]
//   void project(double lr, Size rows, Span w) const    a change of the weight itself, after the
//                                                       optimizer's step; `lr` is that of the step
//
// and the second says besides, where it holds:
//
//   static constexpr bool whole_rows = true     w is `rows` whole rows of a weight [rows, …];
//                                               otherwise spans may be cut anywhere
//   static constexpr bool makes_zeros = true    how many weights are exactly 0 is worth telling
//
// It acts on weights alone, not on biases and the parameters of normalizations. The loss that is
// reported is without penalties, so that runs with and without them can be compared.
#pragma once
#include <concepts>

#include "goodfit/base/error.hpp"
#include "goodfit/base/part.hpp"
#include "goodfit/compute/graph/graph.hpp"

namespace goodfit {

template <class R>
concept PenaltyPart = Component<R> && requires(const R& regularizer, Value weight) {
  { regularizer.build(weight) } -> std::same_as<Value>;
};
template <class R>
concept ProjectionPart = Component<R> && requires(const R& regularizer, Span w) {
  regularizer.project(0.1, Size(1), w);
};
template <class R>
concept RegularizerPart = PenaltyPart<R>
!= ProjectionPart<R>;

struct RegularizerInterface : PartInterface {
  virtual bool projects() const = 0;
  virtual bool whole_rows() const = 0;
  virtual bool makes_zeros() const = 0;
  virtual Value build(Value weight) const = 0;
  virtual void project(double lr, Size rows, Span w) const = 0;
};

class Regularizer : public Handle<RegularizerInterface> {
 public:
  static constexpr std::string_view kind = "regularizer";

  template <RegularizerPart R>
  Regularizer(const R& regularizer) : Handle(made<Model<R>>(regularizer)) {}

  static Regularizer read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // Whether it is of the second form; only then `project` may be called, and else `build`.
  bool projects() const { return self_->projects(); }
  bool whole_rows() const { return self_->whole_rows(); }
  bool makes_zeros() const { return self_->makes_zeros(); }

  Value build(Value weight) const { return self_->build(weight); }
  void project(double lr, Size rows, Span w) const { self_->project(lr, rows, w); }

 private:
  template <class R>
  struct Model final : Holds<RegularizerInterface, R> {
    using Holds<RegularizerInterface, R>::Holds;
    bool projects() const override { return ProjectionPart<R>; }
    bool whole_rows() const override {
      return requires { requires R::whole_rows; };
    }
    bool makes_zeros() const override {
      return requires { requires R::makes_zeros; };
    }
    Value build([[maybe_unused]] Value weight) const override {
      if constexpr (PenaltyPart<R>) return this->part.build(weight);
      must(false, "a projection has no penalty");
      return {};
    }
    void project([[maybe_unused]] double lr, [[maybe_unused]] Size rows,
                 [[maybe_unused]] Span w) const override {
      if constexpr (ProjectionPart<R>) return this->part.project(lr, rows, w);
      must(false, "a penalty projects nothing");
    }
  };
};

}  // namespace goodfit
