// Initializer: the first values of one weight tensor.
#pragma once
#include <concepts>
#include <optional>

#include "goodfit/base/part.hpp"
#include "goodfit/base/random.hpp"
#include "goodfit/parts/initializers/gain.hpp"

namespace goodfit {

// What an initializer may know of the weight it fills. The weight is a matrix with a row of `in`
// numbers for each unit; a row of a convolution is [channels, taps], as PyTorch has it.
struct Fan {
  Size in = 1;        // inputs of one unit
  Size out = 1;       // units that one input reaches
  Gain gain = {};     // of the activation that follows
  Size taps = 1;      // positions of a convolution's kernel
  Size centre = 0;    // its middle one
  Size groups = 1;    // of units that see channels of their own
  bool bias = false;  // what is added, and no weight
};

// What is left to do when samples are known: to divide the weight by the deviation of its outputs,
// until their variance is within `tolerance` of 1. An initializer asks for it by a member function
// of this name.
struct Calibration {
  double tolerance;
  Size iterations;
};

template <class I>
concept InitializerPart = Component<I> &&
    requires(const I& initializer, Span w, const Fan& fan, Random& random) {
  initializer.fill(w, fan, random);
};

struct InitializerInterface : PartInterface {
  virtual void fill(Span w, const Fan& fan, Random& random) const = 0;
  virtual std::optional<Calibration> calibration() const = 0;
};

class Initializer : public Handle<InitializerInterface> {
 public:
  static constexpr std::string_view kind = "initializer";

  template <InitializerPart I>
  Initializer(const I& initializer) : Handle(made<Model<I>>(initializer)) {}

  static Initializer read(const Setting& from);
  static std::vector<PartText> texts();  // of the catalogue

  void fill(Span w, const Fan& fan, Random& random) const { self_->fill(w, fan, random); }
  std::optional<Calibration> calibration() const { return self_->calibration(); }

 private:
  template <class I>
  struct Model final : Holds<InitializerInterface, I> {
    using Holds<InitializerInterface, I>::Holds;
    void fill(Span w, const Fan& fan, Random& random) const override {
      this->part.fill(w, fan, random);
    }
    std::optional<Calibration> calibration() const override {
      if constexpr (requires { this->part.calibration(); })
        return this->part.calibration();
      else
        return std::nullopt;
    }
  };
};

}  // namespace goodfit
