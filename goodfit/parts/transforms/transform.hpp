// Transform: what is done to a batch of training samples, so that a network sees more than was
// collected.
//
// Transforms act in training alone, one after the other, each on a whole batch in place. They know
// the shape of a sample and a stream of random numbers that belongs to the batch, so that neither
// threads nor a resume change them. One that mixes samples also mixes their targets and says
//
//   static constexpr bool mixes = true     classes then come as shares of each class
#pragma once
#include <concepts>
#include <vector>

#include "goodfit/base/part.hpp"
#include "goodfit/base/random.hpp"
#include "goodfit/compute/tensor/shape.hpp"

namespace goodfit {

struct Batch {
  Shape sample{};                         // [height, width, channels], channels last
  Size rows = 0, goals = 0;               // samples; numbers per target
  Span features, targets;                 // [rows, sample…], [rows, goals]
  std::vector<float>* scratch = nullptr;  // to work in; it keeps its memory from batch to batch

  Span row(Size i) const {
    return features.subspan(std::size_t(i * width()), std::size_t(width()));
  }
  Span goal(Size i) const { return targets.subspan(std::size_t(i * goals), std::size_t(goals)); }
  Size width() const { return sample.count(); }
};

template <class T>
concept TransformPart = Component<T> &&
    requires(const T& transform, const Batch& batch, Random& random) {
  transform.apply(batch, random);
};

struct TransformInterface : PartInterface {
  virtual void apply(const Batch& batch, Random& random) const = 0;
  virtual bool mixes() const = 0;
};

class Transform : public Handle<TransformInterface> {
 public:
  static constexpr std::string_view kind = "transform";

  template <TransformPart T>
  Transform(const T& transform) : Handle(made<Model<T>>(transform)) {}

  static Transform read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  // Throws Error when samples are no images and must be.
  void apply(const Batch& batch, Random& random) const { self_->apply(batch, random); }
  bool mixes() const { return self_->mixes(); }

 private:
  template <class T>
  struct Model final : Holds<TransformInterface, T> {
    using Holds<TransformInterface, T>::Holds;
    void apply(const Batch& batch, Random& random) const override {
      this->part.apply(batch, random);
    }
    bool mixes() const override {
      return requires { requires T::mixes; };
    }
  };
};

}  // namespace goodfit
